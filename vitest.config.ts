import { defineConfig } from 'vitest/config';

/** Tests that leave nothing behind in their process share one: a process for each file would cost more than they do. */
const SHARED = [
  'shared',
  'renderer',
  'core',
  'connect',
  'main',
  'simulator',
  'doctor',
  'terminal',
  'faults',
  'compat',
  'soak',
].map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);

const ALONE = [
  // Changes what its whole process prices by.
  'test/core/prices.test.ts',
  // Count what their process holds open.
  'test/faults/soak.test.ts',
  'test/core/proxy/restart.test.ts',
  // Need a process in which Ink has not yet seen a terminal without colours, and clocks of their own.
  'test/terminal/dashboard/open-dashboard.test.ts',
  'test/terminal/dashboard/painter.test.ts',
];

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
