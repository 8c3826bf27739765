import { expect, test } from 'vitest';
import { proxyConfigOf } from '../../../src/main/settings/proxy-config.js';
import { DEFAULT_SETTINGS } from '../../../src/settings/app-settings.js';
import { DEFAULT_CONFIG } from '../../../src/settings/config.js';

test('the defaults of the app are those of the engine', () => {
  expect(proxyConfigOf(DEFAULT_SETTINGS)).toEqual(DEFAULT_CONFIG);
});

test('the engine is given what concerns it, but not the fetching of prices, which the app does', () => {
  const settings = { ...DEFAULT_SETTINGS, otlpUrl: 'http://localhost:4318', retentionDays: 30, theme: 'dark' } as const;
  expect(proxyConfigOf({ ...settings, updatePrices: true })).toEqual({
    ...DEFAULT_CONFIG,
    otlpUrl: 'http://localhost:4318',
    retentionDays: 30,
  });
});
