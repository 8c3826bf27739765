import { DEFAULT_PORT, meshbarPaths } from '../core/config.js';
import { findRunning, isDefaultPortAnothers } from '../core/run-file.js';
import { formatDuration } from '../shared/format.js';
import { EXIT, print } from './output.js';

/** Says whether a proxy runs; exit code 3 if not. The local key is not shown. */
export async function runStatus(options: { json: boolean }): Promise<number> {
  const paths = meshbarPaths();
  const running = await findRunning(paths);
  if (options.json) {
    const { localKey: _secret, ...shown } = running ?? { localKey: '' };
    print(JSON.stringify({ running: running !== undefined, ...shown, ledger: paths.ledger }));
  } else if (running) {
    print(`Meshbar ${running.version} runs on ${running.url} for project ${running.projectId}`);
    print(`process ${running.pid}, for ${formatDuration(Date.now() - running.startedAt)}`);
    print(`ledger ${paths.ledger}`);
  } else {
    print('Meshbar is not running. `meshbar proxy` starts it.');
    if (await isDefaultPortAnothers()) {
      print(`Another Meshbar (a demo, or one with another MESHBAR_HOME) has port ${DEFAULT_PORT}.`);
    }
  }
  return running ? EXIT.ok : EXIT.notRunning;
}
