import type { MissingPrice } from '../shared/columns.js';
import type { TokenUsage } from '../shared/usage.js';
import type { Rates } from './rates.js';

/** Counts that cost a fee for each call, or belong to a model that nobody named; MeshAgent has no price for any. */
const FEES = {
  webSearches: 'web_search',
  fileSearches: 'file_search',
  codeExecutions: 'code_execution',
  imageGenerations: 'image_generation',
  otherToolCalls: 'other_tool',
  otherModelTokens: 'other_model',
} as const satisfies { readonly [K in keyof TokenUsage]?: MissingPrice };

const COUNTS = Object.keys(FEES) as readonly (keyof typeof FEES)[];

/** What of a usage costs a fee. */
export function feesIn(usage: TokenUsage): readonly MissingPrice[] {
  return COUNTS.filter((count) => usage[count]).map((count) => FEES[count]);
}

/** What the list charges for those calls, in USD; undefined where it has no price for one. */
export function listFees(usage: TokenUsage, { webSearches, fileSearches }: Rates): number | undefined {
  const prices: { readonly [K in keyof TokenUsage]?: number } = { webSearches, fileSearches };
  let usd = 0;
  for (const count of COUNTS) {
    const calls = usage[count] ?? 0;
    const price = prices[count];
    if (calls > 0 && price === undefined) return undefined;
    usd += (calls * (price ?? 0)) / 1000;
  }
  return usd;
}
