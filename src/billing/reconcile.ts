import { DAY_MS } from '../shared/calendar.js';
import { NANO_PER_USD } from '../shared/money.js';
import { isProviderName, type ProviderName } from '../shared/providers.js';
import type { DifferenceReason, ReconciledUsage, Reconciliation } from '../shared/reconciliation.js';
import type { BilledUsage, Figure } from '../shared/session.js';
import type { ActiveExchange, UsageGroup } from '../shared/usage.js';

/** Both sides round: a millionth of a dollar is no difference. */
const AGREE_NANO_USD = 1000;

/** The whole days of UTC that a period touches. Unix milliseconds; `until` defaults to now, and is never later. */
export function daysOfUtc({ since, until = Number.POSITIVE_INFINITY }: { since: number; until?: number }, now: number) {
  const end = Math.ceil(Math.min(until, now) / DAY_MS) * DAY_MS;
  return { since: Math.floor(since / DAY_MS) * DAY_MS, until: Math.min(end, now) };
}

export interface BothSides {
  readonly since: number;
  readonly until: number;
  /** Sums by model of each day of UTC from the ledger: the current project's alone. */
  readonly estimates: readonly { readonly at: number; readonly groups: readonly UsageGroup[] }[];
  readonly billed: Figure<readonly BilledUsage[]>;
  readonly active: readonly ActiveExchange[];
}

interface Sums {
  readonly day: string | undefined;
  readonly model: string;
  providerName: ProviderName | undefined;
  exchanges: number;
  /** Exchanges of which at least a part of the cost is known. */
  known: number;
  estimate: number;
  tokens: number;
  billed: number | undefined;
  /** Undefined: the service did not say how many. */
  billedTokens: number | undefined;
  readonly gaps: Set<DifferenceReason>;
}

/** Puts estimate and bill side by side, for each day and model. Pure. */
export function reconcile({ since, until, estimates, billed, active }: BothSides): Reconciliation {
  const byDay = billed.value.every(({ day }) => day !== undefined && !Number.isNaN(Date.parse(day)));
  const sums = new Map<string, Sums>();

  function sumsOf(at: number | undefined, model: string): Sums {
    const day = byDay && at !== undefined ? new Date(at).toISOString().slice(0, 10) : undefined;
    const name = withoutDate(model);
    const key = `${day}\n${name}`;
    let found = sums.get(key);
    if (!found) {
      const nothing = { exchanges: 0, known: 0, estimate: 0, tokens: 0, billed: undefined, billedTokens: 0 };
      found = { day, model: name, providerName: undefined, ...nothing, gaps: new Set() };
      sums.set(key, found);
    }
    return found;
  }

  for (const { at, groups } of estimates) {
    for (const group of groups) addEstimate(sumsOf(at, group.key), group);
  }
  for (const row of billed.value) {
    const sum = sumsOf(row.day === undefined ? undefined : Date.parse(row.day), row.model);
    sum.billed = (sum.billed ?? 0) + row.totalUsd * NANO_PER_USD;
    if (isProviderName(row.provider)) sum.providerName ??= row.provider;
    if (!row.type.includes('tokens')) continue;
    if (row.quantity === undefined) sum.billedTokens = undefined;
    else if (sum.billedTokens !== undefined) sum.billedTokens += row.quantity;
  }
  const today = new Date(until - 1).toISOString().slice(0, 10);
  const running = new Set(active.map(({ model }) => (model === undefined ? undefined : withoutDate(model))));
  const rows = [...sums.values()]
    // What bills nothing, such as a list of models, needs no bill.
    .filter((sum) => sum.billed !== undefined || sum.known > 0 || sum.gaps.size > 0)
    .map((sum) => {
      const isLast = sum.day === undefined || sum.day === today;
      return rowOf(sum, { isLast, isRunning: isLast && (running.has(sum.model) || running.has(undefined)) });
    })
    .sort((a, b) => compare(a.day ?? '', b.day ?? '') || moneyOf(b) - moneyOf(a) || compare(a.model, b.model));
  return { since, until, billedAt: billed.at, rows };
}

function addEstimate(sum: Sums, group: UsageGroup): void {
  const { measured, billed, partial, unpriced, unmetered } = group.standings;
  sum.providerName ??= group.providerName;
  sum.exchanges += group.exchanges;
  sum.known += measured + billed + partial;
  sum.estimate += group.costNanoUsd + group.surchargeNanoUsd;
  sum.tokens += group.inputTokens + group.outputTokens;
  if (unpriced > 0) sum.gaps.add('unpriced');
  if (partial > 0) sum.gaps.add('partial');
  if (unmetered > 0) sum.gaps.add('unmetered');
}

function rowOf(sum: Sums, now: { readonly isLast: boolean; readonly isRunning: boolean }): ReconciledUsage {
  const { day, providerName, model, exchanges } = sum;
  // Without an exchange of one's own, nothing was estimated; that is no unknown sum.
  const estimate = sum.known > 0 ? sum.estimate : sum.gaps.size > 0 ? undefined : 0;
  const billed = sum.billed === undefined ? undefined : Math.round(sum.billed);
  const difference = estimate === undefined || billed === undefined ? undefined : billed - estimate;
  const agrees = difference !== undefined && Math.abs(difference) <= AGREE_NANO_USD;
  return {
    day,
    providerName,
    model,
    exchanges,
    estimateNanoUsd: estimate,
    atLeast: sum.gaps.size > 0,
    billedNanoUsd: billed,
    differenceNanoUsd: difference,
    reasons: agrees ? [] : reasonsFor(sum, difference, now),
  };
}

function reasonsFor(
  sum: Sums,
  difference: number | undefined,
  { isLast, isRunning }: { readonly isLast: boolean; readonly isRunning: boolean },
): DifferenceReason[] {
  const reasons: DifferenceReason[] = [];
  if (sum.billed === undefined || (difference !== undefined && difference < 0)) {
    if (isLast) reasons.push('not_billed_yet');
    else if (sum.billed !== undefined) reasons.push('prices');
    return reasons;
  }
  reasons.push(...sum.gaps);
  if (isRunning) reasons.push('running');
  const more = sum.billedTokens === undefined ? undefined : sum.billedTokens - sum.tokens;
  // Tokens of an answer that was cut, or still runs, were billed and not seen: they may explain it all.
  const isExplained = isRunning || sum.gaps.has('partial') || sum.gaps.has('unmetered');
  if (sum.exchanges === 0 || (more !== undefined && more > 0 && !isExplained)) reasons.push('other_machines');
  if (more === 0 && sum.gaps.size === 0) reasons.push('prices');
  return reasons;
}

/** "gpt-5.4-2026-03-05" and "claude-haiku-4-5-20251001" are snapshots of the models before the date. */
function withoutDate(model: string): string {
  return model.replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8})$/, '');
}

function moneyOf({ billedNanoUsd, estimateNanoUsd }: ReconciledUsage): number {
  return billedNanoUsd ?? estimateNanoUsd ?? 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The starts of the days of UTC in a period, Unix milliseconds. */
export function startsOfDays({ since, until }: { readonly since: number; readonly until: number }): number[] {
  return Array.from({ length: Math.ceil((until - since) / DAY_MS) }, (_, n) => since + n * DAY_MS);
}

/** The day of UTC that begins at `at`, as far as the period goes. */
export function dayFrom(at: number, until: number): { since: number; until: number } {
  return { since: at, until: Math.min(at + DAY_MS, until) };
}
