import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { createEngine } from '../../src/engine/engine.js';
import type { Engine } from '../../src/engine/types.js';
import { DEFAULT_CONFIG, type ProxyConfig } from '../../src/settings/config.js';
import { meshbarPaths } from '../../src/settings/paths.js';
import { englishOf } from '../../src/words/index.js';
import { LOCAL_KEY, PROJECT_ID, UPSTREAM_TOKEN } from './start-proxy.js';

/** A whole engine, ledger and session included, with folders of its own; closed when the test is over. */
export async function createTestEngine(
  upstream: { readonly url: string },
  config: Partial<ProxyConfig> = {},
  home?: string,
  env: NodeJS.ProcessEnv = { MESHAGENT_TOKEN: UPSTREAM_TOKEN },
): Promise<{ engine: Engine; home: string; problems: string[] }> {
  const folder = home ?? (await mkdtemp(path.join(os.tmpdir(), 'meshbar-engine-')));
  if (home === undefined) onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const problems: string[] = [];
  const engine = await createEngine({
    config: { ...DEFAULT_CONFIG, port: 0, apiUrl: upstream.url, bearer: LOCAL_KEY, projectId: PROJECT_ID, ...config },
    version: '1.2.3-test',
    // Built before the tests run: a thread can't be started from TypeScript.
    ledgerWorker: pathToFileURL(path.resolve(import.meta.dirname, '../../out/terminal/ledger-worker.js')),
    env,
    paths: meshbarPaths({ MESHBAR_HOME: path.join(folder, 'meshbar') }),
    homedir: folder,
    onProblem: (problem) => problems.push(englishOf(problem)),
  });
  onTestFinished(() => engine.close());
  return { engine, home: folder, problems };
}
