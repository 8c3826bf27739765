import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly popover: Page;
  /** Folder that stands for the user's home and Meshbar's own. */
  readonly home: string;
  close(): Promise<void>;
}

/** Starts the built app in folders of its own. `env` overrides; `args` follow the app's path. */
export async function launchApp(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<LaunchedApp> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-e2e-'));
  const app = await _electron.launch({
    executablePath: createRequire(import.meta.url)('electron') as string,
    args: ['--no-sandbox', '-r', path.join(import.meta.dirname, 'runtime.cjs'), ROOT, ...args],
    env: { ...process.env, HOME: home, MESHBAR_HOME: path.join(home, 'meshbar'), ...env } as Record<string, string>,
  });
  const popover = await app.firstWindow();
  return {
    app,
    popover,
    home,
    async close() {
      await app.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
