import { expect, test } from 'vitest';
import { createTelemetrySwitch } from '../../src/telemetry/telemetry-switch.js';
import { keepWords } from '../helpers/error-words.js';

const OFF = { metrics: false, otlpUrl: '', allowPlainOtlp: false };

test('telemetry comes and goes with what is asked for, and stays while that is the same', async () => {
  const telemetry = createTelemetrySwitch({ version: '0.1.0', active: () => [], onProblem: () => {} });
  await telemetry.set(OFF);
  expect(telemetry.current).toBeUndefined();
  await telemetry.set({ ...OFF, metrics: true });
  const first = telemetry.current;
  expect(await first?.scrape?.()).toContain('meshbar');
  await telemetry.set({ ...OFF, metrics: true });
  expect(telemetry.current).toBe(first);
  await telemetry.set(OFF);
  expect(telemetry.current).toBeUndefined();
});

test('a collector that can not be exported to is reported once, and the metrics are there all the same', async () => {
  const problems: string[] = [];
  const telemetry = createTelemetrySwitch({ version: '0.1.0', active: () => [], onProblem: keepWords(problems) }, {});
  // Written into the settings file by hand: the proxy starts all the same.
  const wanted = { ...OFF, metrics: true, otlpUrl: 'http://collector.example' };
  await telemetry.set(wanted);
  await telemetry.set(wanted);
  expect(await telemetry.current?.scrape?.()).toContain('meshbar');
  expect(problems).toEqual([
    expect.stringMatching(/^Nothing is exported: The address of the collector must be https, except on this machine/),
  ]);
  await telemetry.set(OFF);
});
