import { askStatus } from '../engine/proxy-status.js';
import { findRunning, isDefaultPortAnothers, type RunningMeshbar } from '../engine/run-file.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { meshbarPaths } from '../settings/paths.js';
import { formatClock, formatDuration, formatIsoDay } from '../words/format.js';
import { overheadText } from '../words/format-overhead.js';
import { t } from '../words/index.js';
import { EXIT, print } from './output.js';
import { plainText } from './plain-text.js';
import { factsText } from './table.js';

/** Says whether a proxy is running, and its state; exit code 3 if not. The local key is not shown. */
export async function runStatus(options: { json: boolean }): Promise<number> {
  const paths = meshbarPaths();
  const running = await findRunning(paths);
  if (options.json) print(JSON.stringify({ ...(await shownOf(running)), ledger: paths.ledger }));
  else if (running) await printRunning(running, paths.ledger);
  else {
    print(t('terminal.proxy.notRunning'));
    if (await isDefaultPortAnothers()) {
      print(t('terminal.proxy.otherRuns', { port: String(DEFAULT_CONFIG.port) }));
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
  print(plainText(t('terminal.proxy.running', { version, url, project: projectId })));
  const facts = [[t('terminal.proxy.process'), processText(pid, startedAt)]];
  if (status) {
    facts.push([t('terminal.proxy.requests'), t('terminal.proxy.inFlight', { count: status.inFlight })]);
    facts.push([t('terminal.proxy.overhead'), overheadText(status.overhead)]);
  }
  facts.push([t('terminal.proxy.ledger'), ledger]);
  print(factsText(facts));
}

/** "4711, since 14:32:08 (2 h 05 min)", with the date where it was another day. */
function processText(pid: number, startedAt: number): string {
  const now = Date.now();
  const isToday = formatIsoDay(startedAt) === formatIsoDay(now);
  return t('terminal.proxy.since', {
    process: String(pid),
    moment: isToday ? formatClock(startedAt) : `${formatIsoDay(startedAt)} ${formatClock(startedAt)}`,
    duration: formatDuration(now - startedAt),
  });
}
