import { learnSecret } from '../files/secrets.js';
import { DAY_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import type { FileTool } from '../tools/adapter.js';
import { type ConnectPlan, planConnect } from '../tools/connect.js';
import { planDisconnect } from '../tools/disconnect.js';
import { firstRequestText } from '../words/first-request.js';
import { t } from '../words/index.js';
import { awaitFirstRequest } from './await-first-request.js';
import { connectContext } from './connect-context.js';
import { EXIT, note, onClosedOutput, print, printError, printStatement } from './output.js';
import { OWN_PROXY } from './proxy-options.js';
import { startProxy } from './start-proxy.js';
import { createStopRequests } from './stop-requests.js';

/**
 * Connects a tool to a simulator for as long as this command runs; then its file is as it was. `refusalOf` gives the
 * exit code where the plan is refused. Rejects with MeshbarError.
 */
export async function connectToDemo(
  tool: FileTool,
  force: boolean,
  refusalOf: (plan: ConnectPlan) => Promise<number | undefined>,
): Promise<number> {
  const context = connectContext();
  if ((await context.receipts.all(tool.id)).length > 0) {
    throw new MeshbarError('tool_file_changed', { why: 'connected', tool: tool.title, id: tool.id });
  }
  const stop = createStopRequests();
  onClosedOutput(stop.requestOnce);
  const over = new AbortController();
  const ledgerWorker = new URL('./ledger-worker.js', import.meta.url);
  const { engine, proxy, demo } = await startProxy(
    { ...OWN_PROXY, demo: true },
    { onProblem: printStatement, ledgerWorker, announce: false },
  );
  learnSecret(proxy.localKey);
  try {
    const plan = await planConnect(tool, proxy, context, { force });
    const refusal = await refusalOf(plan);
    if (refusal !== undefined) return refusal;
    await plan.apply();
    try {
      print(t('terminal.tools.demoConnected', { tool: tool.title }));
      note(t('terminal.tools.demoEnds'));
      const patience = { waitMs: DAY_MS, signal: over.signal };
      awaitFirstRequest(demo?.paths.ledger ?? '', Date.now(), tool.meterName, patience)
        .then((seen) => seen && print(firstRequestText(seen)))
        .catch(printError);
      await stop.asked;
    } finally {
      over.abort();
      for (const undo of await planDisconnect(tool, context)) await undo.apply();
      print(t('terminal.tools.disconnected', { tool: tool.title }));
    }
    return EXIT.ok;
  } finally {
    await engine.stop({ graceMs: 0 });
    await engine.close();
    await demo?.close();
    stop.close();
  }
}
