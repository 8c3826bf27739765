import { COST_COLUMNS, COUNT_PLACES, PRICING_COLUMNS, STANDINGS, USAGE_COLUMNS } from './columns.js';
import type {
  Cost,
  ExchangeRecord,
  PricedExchange,
  Pricing,
  Standing,
  TokenUsage,
  UsageGroup,
  UsageTotals,
} from './usage.js';

/** Totals: exchanges added up, and totals added to each other. What they hold is said in columns.ts. Pure. */

type SummedUsage = keyof TokenUsage & keyof UsageTotals;
type SummedCost = keyof Cost & keyof UsageTotals;
type SummedPricing = keyof Pricing & keyof UsageTotals;

const SUMMED_USAGE = summedOf<SummedUsage>(USAGE_COLUMNS);
const SUMMED_COSTS = summedOf<SummedCost>(COST_COLUMNS);
const SUMMED_PRICING = summedOf<SummedPricing>(PRICING_COLUMNS);
/** What totals add up. */
export const SUMMED: readonly (SummedUsage | SummedCost | SummedPricing)[] = [
  ...SUMMED_USAGE,
  ...SUMMED_COSTS,
  ...SUMMED_PRICING,
];
/** What they count. */
export const COUNTED = Object.keys(COUNT_PLACES) as readonly (keyof typeof COUNT_PLACES)[];
const FIGURES = [...COUNTED, ...SUMMED];

function summedOf<Name extends string>(columns: Readonly<Record<string, object>>): readonly Name[] {
  return Object.keys(columns).filter((name) => 'summed' in (columns[name] as object)) as Name[];
}

/** Totals that are still being added up. */
export type MutableTotals = { -readonly [K in Exclude<keyof UsageTotals, 'standings'>]: UsageTotals[K] } & {
  readonly standings: Record<Standing, number>;
};

export function createTotals(): MutableTotals {
  const figures = Object.fromEntries(FIGURES.map((name) => [name, 0])) as Omit<MutableTotals, 'standings'>;
  return { ...figures, standings: Object.fromEntries(STANDINGS.map((name) => [name, 0])) as Record<Standing, number> };
}

/** Adds one exchange; with `times` -1 it is taken out. */
export function countExchange(
  sum: MutableTotals,
  { outcome, usage }: Pick<ExchangeRecord, 'outcome' | 'usage'>,
  pricing: Pricing,
  times: 1 | -1 = 1,
): void {
  const { cost, standing } = pricing;
  sum.exchanges += times;
  if (outcome !== 'complete') sum[outcome] += times;
  if (usage) for (const name of SUMMED_USAGE) sum[name] += times * (usage[name] ?? 0);
  if (cost) for (const name of SUMMED_COSTS) sum[name] += times * cost[name];
  for (const name of SUMMED_PRICING) sum[name] += times * (pricing[name] ?? 0);
  sum.standings[standing] += times;
}

export const EMPTY_TOTALS: UsageTotals = createTotals();

export function addTotals(a: UsageTotals, b: UsageTotals): UsageTotals {
  const sum = copyOf(a);
  for (const name of FIGURES) sum[name] += b[name];
  for (const standing of STANDINGS) sum.standings[standing] += b.standings[standing];
  return sum;
}

/** One new sum for all of them: under load hundreds are added at once. */
export function addExchanges(totals: UsageTotals, exchanges: readonly PricedExchange[]): UsageTotals {
  const sum = copyOf(totals);
  for (const exchange of exchanges) countExchange(sum, exchange, exchange);
  return sum;
}

/** The totals with an exchange in them as it is now, in place of what it was. */
export function replaceExchange<T extends UsageTotals>(
  totals: T,
  { before, after }: { readonly before: PricedExchange; readonly after: PricedExchange },
): T {
  const sum = copyOf(totals);
  countExchange(sum, before, before, -1);
  countExchange(sum, after, after);
  return sum;
}

/** Adds exchanges to groups by model, dearest first. */
export function addToModels(groups: readonly UsageGroup[], exchanges: readonly PricedExchange[]): UsageGroup[] {
  const sums = groups.map(copyOf);
  for (const exchange of exchanges) {
    const { providerName } = exchange;
    const key = modelOf(exchange);
    let sum = sums.find((one) => one.key === key && one.providerName === providerName);
    if (!sum) {
      sum = { ...createTotals(), key, providerName };
      sums.push(sum);
    }
    countExchange(sum, exchange, exchange);
  }
  return sums.sort((a, b) => b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges);
}

/** The name an exchange's model goes by in totals: the response's, else the request's. */
export function modelOf(exchange: { readonly responseModel?: string; readonly requestModel?: string }): string {
  return exchange.responseModel ?? exchange.requestModel ?? 'unknown';
}

function copyOf<T extends UsageTotals>(totals: T): T & MutableTotals {
  return { ...totals, standings: { ...totals.standings } };
}

/** Whether anything is known of what is summed cost; nothing at all cost $0, which is known. */
export function isCostKnown({ standings }: Pick<UsageTotals, 'standings'>): boolean {
  const { measured, partial, billed, unpriced, unmetered, refused } = standings;
  return measured + partial + billed > 0 || unpriced + unmetered + refused === 0;
}

/** Whether any tokens were reported of what is summed. A bill need not name them. */
export function hasTokens({ standings, inputTokens, outputTokens }: UsageTotals): boolean {
  const { measured, partial, unpriced, refused } = standings;
  return measured + partial + unpriced + refused > 0 || inputTokens + outputTokens > 0;
}
