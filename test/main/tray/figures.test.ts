import { expect, test } from 'vitest';
import { menuTemplate } from '../../../src/main/menu/template.js';
import { trayFace } from '../../../src/main/tray/face.js';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/settings/app-settings.js';
import { EMPTY_TOTALS } from '../../../src/shared/totals.js';
import type { UsageTotals } from '../../../src/shared/usage.js';
import { appState } from '../../helpers/app-state.js';

const TODAY: UsageTotals = {
  ...EMPTY_TOTALS,
  exchanges: 1,
  costNanoUsd: 40_000_000,
  surchargeNanoUsd: 2_000_000,
  standings: { ...EMPTY_TOTALS.standings, measured: 1 },
};

const withSettings = (changes: Partial<Settings>) => appState({ settings: { ...DEFAULT_SETTINGS, ...changes } });
const menuOf = (state: ReturnType<typeof appState>) =>
  menuTemplate({ state, today: TODAY, projects: { status: 'loading' } }).map(({ label }) => label);

test.each([
  ['precise', '$0.042'],
  ['cents', '$0.04'],
] as const)('tray and menu say sums as the settings want them: %s', (currencyFormat, cost) => {
  const state = withSettings({ currencyFormat });
  expect(trayFace(state, TODAY).tooltip.split('\n')).toContain(`Today: ${cost}`);
  expect(trayFace({ ...state, platform: 'darwin' }, TODAY).title).toBe(cost);
  expect(menuOf(state)).toContain(`Cost today, estimated: ${cost}`);
});

test.each([
  ['0.0.0.0', 'http://127.0.0.1:8766'],
  ['::1', 'http://[::1]:8766'],
])('a proxy that will listen on %s is copied by the address that clients reach', (host, url) => {
  const state = { ...withSettings({ host }), proxy: { status: 'stopped' } as const };
  expect(menuOf(state)).toContain(`Copy ${url}`);
});

test('a shell is called the same in the menu and in the windows', () => {
  expect(menuOf(withSettings({ defaultShell: 'dotenv' }))).toContain('Copy env exports · .env file');
});
