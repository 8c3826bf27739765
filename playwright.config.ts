import { defineConfig } from '@playwright/test';

/** The app in a real Electron on a real display. One at a time: there is one tray, one clipboard, one pointer. */
export default defineConfig({
  outputDir: 'test-results/e2e',
  globalSetup: './test/e2e/desktop.ts',
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  projects: [
    { name: 'e2e', testDir: 'test/e2e', testMatch: '**/*.spec.ts', timeout: 60_000 },
    { name: 'bench', testDir: 'test/bench', testMatch: 'app.bench.ts', timeout: 600_000 },
  ],
  expect: { timeout: 10_000 },
});
