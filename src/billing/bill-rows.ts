import type { Bill } from '../ledger/settle.js';
import { nanoUsd } from '../shared/money.js';
import type { BilledUsage } from '../shared/session.js';
import type { TokenUsage } from '../shared/usage.js';

/** Reported apart from what the provider's usage cost. */
const SURCHARGE = 'llm_proxy_surcharge';

type Count = Exclude<keyof TokenUsage, 'webSearches' | 'otherModelTokens'>;

/** Which of our counts a type of the bill adds to: each is counted once there, and contained in its total here. */
const COUNTS_OF: Readonly<Record<string, readonly Count[]>> = {
  input_tokens: ['inputTokens'],
  input_tokens_decisions: ['inputTokens'],
  cached_tokens: ['inputTokens', 'cacheReadInputTokens'],
  cache_read_input_tokens: ['inputTokens', 'cacheReadInputTokens'],
  cache_write_tokens: ['inputTokens', 'cacheCreationInputTokens'],
  cache_creation_input_tokens: ['inputTokens', 'cacheCreationInputTokens'],
  cache_creation_1h_input_tokens: ['inputTokens', 'cacheCreationInputTokens', 'cacheCreation1hInputTokens'],
  output_tokens: ['outputTokens'],
  audio_input_tokens: ['inputTokens', 'audioInputTokens'],
  audio_output_tokens: ['outputTokens', 'audioOutputTokens'],
  image_input_tokens: ['inputTokens', 'imageInputTokens'],
  image_output_tokens: ['outputTokens', 'imageOutputTokens'],
  input_characters: ['inputCharacters'],
};
/** The service marks tiers and long contexts behind the type. */
const MARKS = /(?:_(?:flex|priority|ultrafast|batch|long))+$/;

/** What rows of one label come to, rounded once to nano-USD; undefined without rows: not billed, or not yet. Pure. */
export function billFrom(label: string, rows: readonly BilledUsage[]): Bill | undefined {
  if (rows.length === 0) return undefined;
  const usd = { cost: 0, surcharge: 0 };
  for (const { type, totalUsd } of rows) usd[type === SURCHARGE ? 'surcharge' : 'cost'] += totalUsd;
  const usage = usageFrom(rows.filter(({ type }) => type !== SURCHARGE));
  return {
    label,
    costNanoUsd: nanoUsd(usd.cost),
    surchargeNanoUsd: nanoUsd(usd.surcharge),
    ...(usage ? { usage } : {}),
  };
}

/** Undefined where a row tells no quantity, or is of a type that we can't place: then the counts would lack something. */
function usageFrom(rows: readonly BilledUsage[]): TokenUsage | undefined {
  const usage: { -readonly [key in Count]?: number } = {};
  for (const { type, quantity } of rows) {
    const counts = COUNTS_OF[type.replace(MARKS, '')];
    if (quantity === undefined || counts === undefined) return undefined;
    for (const name of counts) usage[name] = (usage[name] ?? 0) + quantity;
  }
  return rows.length === 0 ? undefined : usage;
}
