import type { ExchangeRecord } from '../shared/usage.js';

/**
 * What a service tier costs as a multiple of the standard price. The price list knows standard prices only; a tier or
 * model that does not stand here has no known price.
 */

const STANDARD = new Set(['default', 'auto', 'standard']);
/** Half price with both providers (https://platform.openai.com/docs/guides/flex-processing, .../batch). */
const HALF_PRICE = new Set(['flex', 'batch']);
/** OpenAI calls it priority in answers whatever the request called it (https://platform.openai.com/docs/guides/fast-mode). */
const FAST = new Set(['priority', 'fast']);

/** From here on OpenAI's long-context prices hold, which the fast tier of some models does not cover. */
const LONG_CONTEXT_TOKENS = 272_000;

interface FastPrice {
  readonly models: RegExp;
  readonly multiple: number;
  /** Long contexts are not served in this tier. */
  readonly shortOnly?: true;
}

/** A model's name, a dated snapshot of it, or its chat and codex variants at the same price. */
const named = (pattern: string) => new RegExp(`^(?:${pattern})(?:-\\d{4}-\\d{2}-\\d{2})?$`);

/** https://openai.com/api-fast-mode; the first match counts. */
const OPENAI_FAST: readonly FastPrice[] = [
  { models: named('gpt-6(?:\\.\\d)?-(?:astra|sol|terra|luna)'), multiple: 2 },
  { models: named('gpt-5\\.6(?:-sol|-terra|-luna)?'), multiple: 2 },
  { models: named('gpt-5\\.5'), multiple: 2.5, shortOnly: true },
  { models: named('gpt-5\\.4'), multiple: 2, shortOnly: true },
  { models: named('gpt-5\\.4-mini'), multiple: 2 },
  { models: named('gpt-5(?:\\.[12])?(?:-codex)?'), multiple: 2 },
  { models: named('gpt-5-mini'), multiple: 1.8 },
  { models: named('gpt-4\\.1(?:-mini)?'), multiple: 1.75 },
  { models: named('gpt-4\\.1-nano'), multiple: 2 },
  { models: named('gpt-4o-2024-05-13'), multiple: 1.75 },
  { models: named('gpt-4o'), multiple: 1.7 },
  { models: named('gpt-4o-mini'), multiple: 5 / 3 },
  { models: named('o3'), multiple: 1.75 },
  { models: named('o4-mini'), multiple: 2 / 1.1 },
];

/** https://platform.claude.com/docs/en/build-with-claude/fast-mode */
const ANTHROPIC_FAST: readonly FastPrice[] = [
  { models: /^claude-opus-4-[67](?:-\d{8})?$/, multiple: 6 },
  { models: /^claude-opus-4-8(?:-\d{8})?$/, multiple: 2 },
  { models: /^claude-opus-5(?:-\d{8})?$/, multiple: 2 },
];

/** Inference bound to the US (https://platform.claude.com/docs/en/build-with-claude/data-residency). */
const ANTHROPIC_US_MULTIPLE = 1.1;
const ANYWHERE = new Set([undefined, 'global', 'not_available']);

/** The multiple of the standard price that holds for this exchange; undefined where it is not known. */
export function tierMultiple(
  record: Pick<ExchangeRecord, 'providerName' | 'serviceTier' | 'inferenceGeo'>,
  model: string,
  inputTokens: number,
): number | undefined {
  const tier = speedMultiple(record, model, inputTokens);
  if (tier === undefined || ANYWHERE.has(record.inferenceGeo)) return tier;
  return record.inferenceGeo === 'us' ? tier * ANTHROPIC_US_MULTIPLE : undefined;
}

function speedMultiple(
  { providerName, serviceTier }: Pick<ExchangeRecord, 'providerName' | 'serviceTier'>,
  model: string,
  inputTokens: number,
): number | undefined {
  if (serviceTier === undefined || STANDARD.has(serviceTier)) return 1;
  if (HALF_PRICE.has(serviceTier)) return 0.5;
  if (providerName === 'anthropic') {
    // Anthropic's priority tier is capacity paid for in advance: it has no price by the token.
    return serviceTier === 'fast' ? ANTHROPIC_FAST.find(({ models }) => models.test(model))?.multiple : undefined;
  }
  if (!FAST.has(serviceTier)) return undefined;
  const price = OPENAI_FAST.find(({ models }) => models.test(model));
  return price?.shortOnly && inputTokens >= LONG_CONTEXT_TOKENS ? undefined : price?.multiple;
}
