import { redact } from '../files/secrets.js';
import { growUnderTraffic } from '../net/v8-memory.js';
import { isNearLimit } from '../shared/budgets.js';
import { envBlock } from '../shared/env-block.js';
import type { PricedExchange } from '../shared/usage.js';
import { budgetLine } from '../words/format-budget.js';
import { textOf } from '../words/index.js';
import { exchangeLine } from './lines.js';
import { note, print, printProblem } from './output.js';
import { plainText } from './plain-text.js';
import { VERSION } from './version.js';
import type { ProxyView, ViewOptions } from './view.js';

/** A reader of our output that does not read must not cost memory without end. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/**
 * Lines for people and for grep. The set-up and the exchanges go to standard output, unless that is to hold JSON alone:
 * with `json` the records, with the JSON form of the exports these.
 */
export function createPlainView({ started, shell, drain, json }: ViewOptions & { json: boolean }): ProxyView {
  const { engine, proxy, usage, remarks } = started;
  const say = json || shell === 'json' ? note : print;
  const comment = shell === 'cmd' ? 'rem' : '#';
  const notes = [
    ...remarks,
    ...engine.budgets.states.filter(isNearLimit).map(budgetLine),
    `Meshbar ${VERSION} listens on ${proxy.url} for project ${proxy.projectId}`,
    `MeshAgent token: ${textOf(proxy.upstreamTokenSource, 'terminal')}`,
    `Local key: ${textOf(proxy.localKeySource, 'terminal')}`,
  ];
  // Comments, so that the whole may be pasted into a shell; only JSON has none.
  const head = notes.map((text) => `${comment} ${plainText(text)}\n`).join('');
  const block = envBlock({ url: proxy.url, localKey: proxy.localKey, shell });
  if (shell === 'json' && !json) {
    process.stderr.write(head);
    process.stdout.write(block);
  } else (json ? process.stderr : process.stdout).write(head + block);

  let unread = 0;
  const show = (records: readonly PricedExchange[]) => {
    if (records.length === 0) return;
    if (process.stdout.writableLength > MAX_UNREAD_BYTES) unread += records.length;
    else if (json) print(records.map(recordLine).join('\n'));
    else say(records.map(exchangeLine).join('\n'));
  };
  show(usage.latest.toReversed());
  // Each is shown as it comes.
  usage.forgetLatest();
  const unsubscribes = [
    usage.onRecords(show),
    engine.budgets.onAlert((state) => {
      if (isNearLimit(state)) note(`meshbar: ${plainText(budgetLine(state))}`);
    }),
    growUnderTraffic(engine.onActivity),
  ];
  return {
    problem: printProblem,
    stopping() {
      const inFlight = engine.active.length;
      if (inFlight === 0) return;
      note(
        `meshbar: waiting up to ${drain} s for ${inFlight} request${inFlight === 1 ? '' : 's'} in flight; Ctrl-C again cuts ${inFlight === 1 ? 'it' : 'them'}.`,
      );
    },
    async close() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      if (unread > 0) printProblem(`${unread} exchanges were not printed: nobody read the output.`);
    },
  };
}

/** Providers quote keys in their errors. */
function recordLine(record: PricedExchange): string {
  const { errorReason } = record;
  return JSON.stringify(errorReason === undefined ? record : { ...record, errorReason: redact(errorReason) });
}
