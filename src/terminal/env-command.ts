import { DEFAULT_CONFIG, meshbarPaths } from '../core/config.js';
import { createSession } from '../core/session/create-session.js';
import { envBlock, type Shell } from '../shared/env-block.js';
import { EXIT, printError } from './output.js';
import { findRunning } from './run-file.js';

/** Prints the exports of the running proxy, or those a proxy with default settings would have. */
export async function runEnv(shell: Shell): Promise<number> {
  try {
    const running = await findRunning(meshbarPaths());
    if (running) {
      process.stdout.write(envBlock({ url: running.url, localKey: running.localKey, shell }));
      return EXIT.ok;
    }
    const session = createSession({ config: DEFAULT_CONFIG });
    const { key } = await session.localKey();
    session.close();
    process.stderr.write('meshbar: no proxy is running; these are the exports for `meshbar proxy` as set.\n');
    process.stdout.write(envBlock({ url: `http://127.0.0.1:${DEFAULT_CONFIG.port}`, localKey: key, shell }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}
