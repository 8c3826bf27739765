import { defineConfig } from 'vitest/config';

/** Tests that leave nothing behind in their process share one: a process for each file would cost more than they do. */
const SHARED = ['test/**/*.test.{ts,tsx}'];

/** Change, or count, what is their whole process's: what it prices by, its colours and clocks, its sockets. */
const ALONE = ['test/pricing/prices.test.ts', 'test/terminal/dashboard/*.test.{ts,tsx}', 'test/faults/soak.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // Most tests wait for a process or a socket: more of them than there are cores keep the cores busy.
    maxWorkers: 4,
    reporters: ['default', './test/helpers/closing-reporter.ts'],
    projects: [
      { extends: true, test: { name: 'in one process', include: SHARED, exclude: ALONE, isolate: false } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
