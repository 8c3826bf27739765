import { DEFAULT_CONFIG, meshbarPaths } from '../core/config.js';
import { findRunning, isDefaultPortAnothers } from '../core/run-file.js';
import { createSession } from '../core/session/create-session.js';
import { envBlock, type Shell } from '../shared/env-block.js';
import { EXIT, printError, printProblem } from './output.js';

/** Prints the exports of the running proxy, or those a proxy with default settings would have; `eval` takes them. */
export async function runEnv(shell: Shell): Promise<number> {
  try {
    const { url, localKey } = (await findRunning(meshbarPaths())) ?? (await fromSettings());
    process.stdout.write(envBlock({ url, localKey, shell }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}

async function fromSettings(): Promise<{ url: string; localKey: string }> {
  const session = createSession({ config: DEFAULT_CONFIG });
  const { key } = await session.localKey().finally(() => session.close());
  printProblem('no proxy is running; these are the exports that `meshbar proxy` will have.');
  if (await isDefaultPortAnothers()) {
    printProblem(
      `another Meshbar (a demo, or one with another MESHBAR_HOME) has port ${DEFAULT_CONFIG.port}; it prints its own.`,
    );
  }
  return { url: `http://${DEFAULT_CONFIG.host}:${DEFAULT_CONFIG.port}`, localKey: key };
}
