import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    // Most tests wait for a process or a socket: more of them than there are cores keep the cores busy.
    maxWorkers: 3,
    reporters: ['default', './test/helpers/closing-reporter.ts'],
  },
});
