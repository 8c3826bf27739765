import { constants, PerformanceObserver } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import { countPassed } from '../../src/net/v8-memory.js';
import { waitFor } from '../helpers/wait-for.js';

const MIB = 1024 * 1024;

test('each 4 MiB that passed are collected behind', async () => {
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind, flags } = (entry as PerformanceEntry & { detail: { kind: number; flags: number } }).detail;
      const isAskedFor = (flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0;
      if (isAskedFor && kind === constants.NODE_PERFORMANCE_GC_MINOR) collections += 1;
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  onTestFinished(() => observer.disconnect());
  for (let mib = 0; mib < 12; mib += 1) countPassed(MIB);
  await waitFor(() => collections > 0, 'the collector to be told of');
  expect(collections).toBe(3);
});
