import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type AppEngine, createAppEngine } from '../../src/main/engine/app-engine.js';
import { DEFAULT_CONFIG } from '../../src/settings/config.js';
import { meshbarPaths } from '../../src/settings/paths.js';
import { tempFolder } from './temp-folder.js';

/** The app's engine in the demo, for a user whose home is empty but for these variables; closed when the test is over. */
export async function demoEngine(
  port = 0,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ engine: AppEngine; home: string }> {
  const home = tempFolder();
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  for (const name of Object.keys(process.env)) if (/^MESHAGENT_/.test(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const engine = await createAppEngine(
    {
      version: '1.2.3-test',
      // Built before the tests run: a thread can't be started from TypeScript.
      ledgerWorker: path.resolve('out/terminal/ledger-worker.js'),
      paths: meshbarPaths({ MESHBAR_HOME: path.join(home, 'meshbar') }),
      config: () => ({ ...DEFAULT_CONFIG, port }),
      onProblem: () => {},
    },
    true,
  );
  onTestFinished(() => engine.close());
  return { engine, home };
}
