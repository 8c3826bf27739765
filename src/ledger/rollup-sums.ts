import type { Pricing } from '../pricing/pricing.js';
import type { ExchangeRecord } from '../shared/usage.js';
import { ROLLUP_MS, ROLLUP_SUMS } from './migrations.js';

const AT = Object.fromEntries(ROLLUP_SUMS.map((name, i) => [name, i])) as Record<(typeof ROLLUP_SUMS)[number], number>;

/** Adds one exchange to sums in the order of ROLLUP_SUMS; with `sign` -1 it is taken out of them. */
export function addTo(
  sums: number[],
  { outcome, usage }: ExchangeRecord,
  { cost, standing }: Pricing,
  sign: 1 | -1 = 1,
): void {
  const add = (name: keyof typeof AT, value: number | undefined) => {
    if (value) sums[AT[name]] = (sums[AT[name]] as number) + sign * value;
  };
  add('exchanges', 1);
  if (outcome !== 'complete') add(outcome, 1);
  add('input_tokens', usage?.inputTokens);
  add('output_tokens', usage?.outputTokens);
  add('cache_read_input_tokens', usage?.cacheReadInputTokens);
  add('cache_creation_input_tokens', usage?.cacheCreationInputTokens);
  add('reasoning_output_tokens', usage?.reasoningOutputTokens);
  add('cost_nano_usd', cost?.costNanoUsd);
  add('surcharge_nano_usd', cost?.surchargeNanoUsd);
  add(`standing_${standing}`, 1);
}

/** The key of the rollup that an exchange counts in, in the order of its columns: the bucket, then ROLLUP_KEYS. */
export function rollupKeyOf(record: ExchangeRecord, model: string): readonly (string | number)[] {
  const { startedAt, providerName, tool, projectId = '', keyId = '' } = record;
  return [Math.floor(startedAt / ROLLUP_MS) * ROLLUP_MS, providerName, model, tool, projectId, keyId];
}

/** What an exchange has in the columns of COUNT_COLUMNS. */
export function countsOf({ usage }: ExchangeRecord, { cost }: Pricing): readonly (number | null)[] {
  return [
    usage?.inputTokens ?? null,
    usage?.outputTokens ?? null,
    usage?.cacheReadInputTokens ?? null,
    usage?.cacheCreationInputTokens ?? null,
    usage?.reasoningOutputTokens ?? null,
    cost?.costNanoUsd ?? null,
    cost?.surchargeNanoUsd ?? null,
  ];
}
