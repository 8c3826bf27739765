import { existsSync } from 'node:fs';
import { type Bills, createBills } from '../billing/bills.js';
import { type LedgerStore, openStore } from '../ledger/store.js';
import { meshbarPaths } from '../settings/paths.js';
import { toMeshbarError } from '../shared/errors.js';
import type { PricedExchange } from '../shared/usage.js';
import { formatMoney, UNKNOWN } from '../words/format.js';
import { errorText, t } from '../words/index.js';
import { print, printProblem, printStatement } from './output.js';
import { periodOf } from './period.js';
import { withSession } from './with-session.js';

export interface SettleOptions {
  /** Undefined: everything. */
  readonly since?: string;
  /** Milliseconds since an exchange's end. */
  readonly olderThan: number;
  readonly dryRun: boolean;
  readonly json: boolean;
}

interface Sums {
  costNanoUsd: number;
  surchargeNanoUsd: number;
}

/** What settling has come to; sums are those of the settled ones, before and after. */
interface Outcome {
  readonly unsure: number;
  /** Unsure besides these, and not asked about: they ended too recently. */
  readonly tooRecent: number;
  settled: number;
  /** Not billed, or not yet. */
  withoutBill: number;
  /** Billed together with others, so that nobody can tell what it cost. */
  inseparable: number;
  readonly before: Sums;
  readonly after: Sums;
}

const ASKED_AT_ONCE = 4;

/** Asks what each unsure, labelled exchange was billed, and settles it; gives the exit code. */
export function runSettle({ since, olderThan, dryRun, json }: SettleOptions): Promise<number> {
  return withSession(async (_session, account) => {
    const now = Date.now();
    const period = since === undefined ? {} : periodOf({ since }, now);
    const { ledger } = meshbarPaths();
    const store = existsSync(ledger) ? openLedger(ledger) : undefined;
    try {
      const all = store?.unsure({ ...period, limit: Number.MAX_SAFE_INTEGER }) ?? [];
      const unsure = all.filter(({ startedAt, durationMs }) => startedAt + durationMs <= now - olderThan);
      const outcome = outcomeOf(unsure.length, all.length - unsure.length);
      // Without a ledger there is nothing to ask about.
      if (store) await settleAll(unsure, { bills: createBills(account), store, dryRun, outcome });
      print(json ? JSON.stringify({ ...outcome, dryRun }, null, 2) : textOf(outcome, dryRun));
    } finally {
      store?.close();
    }
  });
}

function openLedger(file: string): LedgerStore {
  return openStore(file, {
    onSetAside: (name) => printProblem(t('terminal.usage.damaged', { name })),
    onProblem: printStatement,
  });
}

interface Settling {
  readonly bills: Bills;
  readonly store: LedgerStore;
  readonly dryRun: boolean;
  readonly outcome: Outcome;
}

/** A few at a time. A project that can't be asked about does not stop the others; rejects at the end with its error. */
async function settleAll(exchanges: readonly PricedExchange[], settling: Settling): Promise<void> {
  const failures = new Map<string | undefined, unknown>();
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < exchanges.length; at = next++) {
      const exchange = exchanges[at] as PricedExchange;
      if (failures.has(exchange.projectId)) continue;
      await settleOne(exchange, settling).catch((error: unknown) => failures.set(exchange.projectId, error));
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, worker));
  const [first, ...others] = failures;
  if (!first) return;
  for (const [projectId, error] of others) {
    const { message } = errorText(toMeshbarError(error).facts, 'terminal');
    printProblem(t('terminal.usage.settle.project', { project: projectId ?? UNKNOWN, problem: message }));
  }
  throw first[1];
}

async function settleOne(exchange: PricedExchange, { bills, store, dryRun, outcome }: Settling): Promise<void> {
  const bill = await bills.billOf(exchange);
  if (!bill) {
    outcome.withoutBill += 1;
    return;
  }
  const settled = store.settle(bill, { dryRun });
  if (!settled) {
    outcome.inseparable += 1;
    return;
  }
  outcome.settled += 1;
  add(outcome.before, settled.before);
  add(outcome.after, settled.after);
}

function outcomeOf(unsure: number, tooRecent: number): Outcome {
  const nothing = () => ({ costNanoUsd: 0, surchargeNanoUsd: 0 });
  return { unsure, tooRecent, settled: 0, withoutBill: 0, inseparable: 0, before: nothing(), after: nothing() };
}

function add(sums: Sums, { cost }: PricedExchange): void {
  sums.costNanoUsd += cost?.costNanoUsd ?? 0;
  sums.surchargeNanoUsd += cost?.surchargeNanoUsd ?? 0;
}

function textOf(outcome: Outcome, dryRun: boolean): string {
  const { unsure, tooRecent, settled, withoutBill, inseparable, before, after } = outcome;
  if (unsure + tooRecent === 0) return t('terminal.usage.settle.none');
  const total = ({ costNanoUsd, surchargeNanoUsd }: Sums) => formatMoney(costNanoUsd + surchargeNanoUsd);
  const sentences = [
    t(dryRun ? 'terminal.usage.settle.dryRun' : 'terminal.usage.settle.done', { settled, count: unsure }),
    settled > 0 && t('terminal.usage.settle.sums', { before: total(before), after: total(after) }),
    withoutBill > 0 && t('terminal.usage.settle.withoutBill', { count: withoutBill }),
    tooRecent > 0 && t('terminal.usage.settle.tooRecent', { count: tooRecent }),
    inseparable > 0 && t('terminal.usage.settle.inseparable', { count: inseparable }),
  ];
  return sentences.filter(Boolean).join(' ');
}
