import { defineConfig } from 'vitest/config';

/** Tests that leave nothing behind in their process share one: a process for each file would cost more than they do. */
const SHARED = ['shared', 'renderer', 'core', 'connect', 'main', 'simulator'].map(
  (folder) => `test/${folder}/**/*.test.{ts,tsx}`,
);

/** Changes what its whole process prices by. */
const ALONE = ['test/core/prices.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // Most tests wait for a process or a socket: more of them than there are cores keep the cores busy.
    maxWorkers: 3,
    reporters: ['default', './test/helpers/closing-reporter.ts'],
    projects: [
      { extends: true, test: { name: 'in one process', include: SHARED, exclude: ALONE, isolate: false } },
      { extends: true, test: { name: 'each in its own', include: ['test/**/*.test.{ts,tsx}'], exclude: SHARED } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
