import { expect, test } from 'vitest';
import { createTelemetrySwitch } from '../../src/telemetry/telemetry-switch.js';

test('telemetry comes and goes with what is asked for, and stays while that is the same', async () => {
  const telemetry = createTelemetrySwitch({ version: '0.1.0', active: () => [], onProblem: () => {} });
  await telemetry.set({ metrics: false });
  expect(telemetry.current).toBeUndefined();
  await telemetry.set({ metrics: true });
  const first = telemetry.current;
  expect(await first?.scrape?.()).toContain('meshbar');
  await telemetry.set({ metrics: true });
  expect(telemetry.current).toBe(first);
  await telemetry.set({ metrics: false });
  expect(telemetry.current).toBeUndefined();
});
