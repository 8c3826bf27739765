import { existsSync } from 'node:fs';
import { type Bills, createBills } from '../billing/bills.js';
import { type LedgerStore, openStore } from '../ledger/store.js';
import { meshbarPaths } from '../settings/paths.js';
import { toMeshbarError } from '../shared/errors.js';
import type { PricedExchange } from '../shared/usage.js';
import { formatMoney } from '../words/format.js';
import { errorText } from '../words/index.js';
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
  /** Unsure besides these, and not asked about: they ended too lately. */
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
    onSetAside: (name) => printProblem(`The usage ledger was damaged. It was set aside as ${name}.`),
    onProblem: printStatement,
  });
}

interface Settling {
  readonly bills: Bills;
  readonly store: LedgerStore;
  readonly dryRun: boolean;
  readonly outcome: Outcome;
}

/** A few at a time. A project that can't be asked about keeps no other from it; rejects at the end with what was wrong. */
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
  for (const [projectId, error] of others)
    printProblem(`Project ${projectId}: ${errorText(toMeshbarError(error).facts, 'terminal').message}`);
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
  if (unsure + tooRecent === 0) return 'No labelled request is unsure. `meshbar proxy --settle` labels them.';
  const total = ({ costNanoUsd, surchargeNanoUsd }: Sums) => formatMoney(costNanoUsd + surchargeNanoUsd);
  const sentences = [
    `${settled} of ${unsure} unsure ${unsure === 1 ? 'request' : 'requests'} ${dryRun ? 'would be settled' : 'settled'}.`,
  ];
  if (settled > 0) sentences.push(`Seen of them: ${total(before)}; billed: ${total(after)}, with the surcharge.`);
  if (withoutBill > 0) sentences.push(`${withoutBill} without a bill.`);
  if (tooRecent > 0) sentences.push(`${tooRecent} ended too lately to be asked about (--older-than).`);
  if (inseparable > 0) sentences.push(`${inseparable} billed together with others.`);
  if (dryRun) sentences.push('Nothing was changed.');
  return sentences.join(' ');
}
