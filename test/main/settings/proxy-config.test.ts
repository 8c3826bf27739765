import { expect, test } from 'vitest';
import { collectorOf, proxyConfigOf } from '../../../src/main/settings/proxy-config.js';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.js';

test('a collector is exported to, and none by default', () => {
  const problems: string[] = [];
  const configWith = (otlpUrl: string) =>
    proxyConfigOf({ ...DEFAULT_SETTINGS, annotateTool: true, settle: true, otlpUrl }, (problem) =>
      problems.push(problem),
    );
  expect(configWith('')).toMatchObject({ annotateTool: true, settle: true, metrics: false, otlp: undefined });
  expect(configWith('http://localhost:4318').otlp).toEqual({
    metricsUrl: 'http://localhost:4318/v1/metrics',
    tracesUrl: 'http://localhost:4318/v1/traces',
  });
  expect(problems).toEqual([]);
  // Written into the file by hand: the proxy starts all the same.
  expect(configWith('http://collector.example').otlp).toBeUndefined();
  expect(problems).toEqual([
    expect.stringContaining('Nothing is exported: The address of the collector must be https'),
  ]);
});

test('what is wrong with it is said in the words of the app', () => {
  expect(() => collectorOf('http://collector.example', {})).toThrow(/^The address of the collector must be https/);
  expect(() => collectorOf('https://me:secret@collector.example', {})).toThrow(
    /^The address of the collector must not hold a user/,
  );
});
