import { askStatus } from '../engine/proxy-status.js';
import { findRunning, isDefaultPortAnothers, type RunningMeshbar } from '../engine/run-file.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { meshbarPaths } from '../settings/paths.js';
import { formatClock, formatDuration } from '../words/format.js';
import { overheadText } from '../words/format-overhead.js';
import { EXIT, print } from './output.js';
import { plainText } from './plain-text.js';

/** Says whether a proxy runs, and how it does; exit code 3 if not. The local key is not shown. */
export async function runStatus(options: { json: boolean }): Promise<number> {
  const paths = meshbarPaths();
  const running = await findRunning(paths);
  if (options.json) print(JSON.stringify({ ...(await shownOf(running)), ledger: paths.ledger }));
  else if (running) await printRunning(running, paths.ledger);
  else {
    print('Meshbar is not running. `meshbar proxy` starts it.');
    if (await isDefaultPortAnothers()) {
      print(`Another Meshbar (a demo, or one with another MESHBAR_HOME) has port ${DEFAULT_CONFIG.port}.`);
    }
  }
  return running ? EXIT.ok : EXIT.notRunning;
}

async function shownOf(running: RunningMeshbar | undefined): Promise<object> {
  if (!running) return { running: false };
  const { localKey: _secret, ...shown } = running;
  return { running: true, ...shown, ...(await askStatus(running)) };
}

async function printRunning(running: RunningMeshbar, ledger: string): Promise<void> {
  const status = await askStatus(running);
  const { version, url, projectId, pid, startedAt } = { ...running, ...status };
  print(plainText(`Meshbar ${version} runs on ${url} for project ${projectId}`));
  print(`process  ${pid}, since ${sinceText(startedAt)}`);
  if (status) {
    print(`requests ${status.inFlight} in flight`);
    print(`overhead ${overheadText(status.overhead)}`);
  }
  print(`ledger   ${ledger}`);
}

/** "14:32:08 (2 h 05 min)", with the date where it was another day. */
function sinceText(startedAt: number): string {
  const day = (at: number) => new Date(at).toLocaleDateString('sv-SE');
  const date = day(startedAt) === day(Date.now()) ? '' : `${day(startedAt)} `;
  return `${date}${formatClock(startedAt)} (${formatDuration(Date.now() - startedAt)})`;
}
