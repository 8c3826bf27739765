import { redact } from '../files/secrets.js';
import { growUnderTraffic } from '../net/v8-memory.js';
import { isNearLimit } from '../shared/budgets.js';
import { envBlock } from '../shared/env-block.js';
import type { PricedExchange } from '../shared/usage.js';
import { formatNumber } from '../words/format.js';
import { budgetLine } from '../words/format-budget.js';
import { t, textOf } from '../words/index.js';
import { exchangeLine } from './lines.js';
import { note, print, printProblem } from './output.js';
import { plainText } from './plain-text.js';
import { VERSION } from './version.js';
import type { TerminalView, ViewOptions } from './view.js';

/** Output that nobody reads must not take memory without end. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/**
 * Lines for people and for grep. The setup and the exchanges go to standard output, unless that is for JSON only: the
 * records with `json`, the variables in their JSON form.
 */
export function createPlainView({ started, shell, drain, json }: ViewOptions & { json: boolean }): TerminalView {
  const { engine, proxy, usage, remarks } = started;
  const say = json || shell === 'json' ? note : print;
  const comment = shell === 'cmd' ? 'rem' : '#';
  const notes = [
    ...remarks,
    ...engine.budgets.states.filter(isNearLimit).map(budgetLine),
    t('terminal.proxy.listens', { version: VERSION, url: proxy.url, project: proxy.projectId }),
    t('terminal.proxy.token', { source: textOf(proxy.upstreamTokenSource, 'terminal') }),
    t('terminal.proxy.localKey', { source: textOf(proxy.localKeySource, 'terminal') }),
  ];
  // Comments, so that all of it can be pasted into a shell; only JSON has none.
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
      if (isNearLimit(state)) printProblem(budgetLine(state));
    }),
    growUnderTraffic(engine.onActivity),
  ];
  return {
    problem: printProblem,
    stopping() {
      const inFlight = engine.active.length;
      if (inFlight === 0) return;
      printProblem(t('terminal.proxy.draining', { seconds: formatNumber(drain), count: inFlight }));
    },
    async close() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      if (unread > 0) printProblem(t('terminal.proxy.unread', { count: unread }));
    },
  };
}

/** Providers quote keys in their errors. */
function recordLine(record: PricedExchange): string {
  const { errorReason } = record;
  return JSON.stringify(errorReason === undefined ? record : { ...record, errorReason: redact(errorReason) });
}
