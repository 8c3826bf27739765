import { learnSecret, redact } from '../files/secrets.js';
import { type Statement, textOf } from '../words/index.js';
import { totalsLine, usageTable } from './lines.js';
import { EXIT, note, onClosedOutput, print, printError, printStatement } from './output.js';
import { createPlainView } from './plain-view.js';
import { type ProxyOptions, wantsDashboard } from './proxy-options.js';
import { type StartedProxy, startProxy } from './start-proxy.js';
import { createStopRequests, type StopRequests } from './stop-requests.js';
import type { TerminalView } from './view.js';

const UNNOTICED_MS = 100;

/** Runs the proxy until it is asked to stop; gives the exit code. */
export async function runProxy(options: ProxyOptions): Promise<number> {
  const stop = createStopRequests();
  onClosedOutput(stop.requestOnce);
  let view: TerminalView | undefined;
  const onProblem = (problem: Statement) =>
    view ? view.problem(redact(textOf(problem, 'terminal'))) : printStatement(problem);
  const ledgerWorker = new URL('./ledger-worker.js', import.meta.url);
  let started: StartedProxy | undefined;
  try {
    // Starting may wait for a network or a lock: to be stopped then means to end at once.
    started = await Promise.race([startProxy(options, { onProblem, ledgerWorker }), stop.asked.then(() => undefined)]);
    if (!started) process.exit(EXIT.cut);
    learnSecret(options.insecure ? undefined : started.proxy.localKey);
    view = await openView(options, started, stop);
    return await serve(options, started, view, stop);
  } catch (error) {
    await view?.close();
    printError(error);
    return EXIT.failed;
  } finally {
    await started?.engine.close();
    await started?.demo?.close();
    stop.close();
  }
}

async function openView(options: ProxyOptions, started: StartedProxy, stop: StopRequests): Promise<TerminalView> {
  const shown = { started, shell: options.shell, drain: options.drainSeconds };
  const canAnswer = Boolean(process.stdout.isTTY && process.stdin.isTTY);
  if (!wantsDashboard(options, canAnswer)) return createPlainView({ ...shown, json: options.json });
  const { openDashboard } = await import('./dashboard/open-dashboard.js');
  return openDashboard({ ...shown, onStop: stop.request });
}

async function serve(
  options: ProxyOptions,
  { engine, proxy, usage, demo }: StartedProxy,
  view: TerminalView,
  stop: StopRequests,
): Promise<number> {
  demo?.begin(proxy);
  await stop.asked;
  demo?.end();
  let wasCut = false;
  const stopped = engine.stop({ graceMs: options.drainSeconds * 1000 });
  void stop.insisted.then(() => {
    wasCut = true;
    return engine.stop({ graceMs: 0 });
  });
  // Most of the time nothing is in flight, and there is nothing to say.
  const soon = setTimeout(() => view.stopping(), UNNOTICED_MS);
  await stopped;
  clearTimeout(soon);
  await engine.ledger.flush();
  await view.close();
  const say = options.json || options.shell === 'json' ? note : print;
  const comment = options.shell === 'cmd' ? 'rem' : '#';
  const { models, totals } = usage;
  const lines = [...(models.length > 1 ? usageTable(models, 'model').split('\n') : []), totalsLine(totals)];
  for (const line of lines) say(`${comment} ${line}`);
  return wasCut ? EXIT.cut : EXIT.ok;
}
