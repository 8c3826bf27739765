import type { TierPrices } from '../tier-prices.js';

/** A model's name, or a dated snapshot of it. */
const named = (pattern: string) => new RegExp(`^(?:${pattern})(?:-\\d{4}-\\d{2}-\\d{2})?$`);

/** From here on the long-context prices hold, which the fast tier of some models doesn't cover. */
const LONG_CONTEXT_TOKENS = 272_000;

export const OPENAI_TIERS: TierPrices = {
  standard: ['default', 'auto', 'standard'],
  /** https://platform.openai.com/docs/guides/flex-processing, .../batch */
  halfPrice: ['flex', 'batch'],
  /** Answers say priority whatever the request called it (https://platform.openai.com/docs/guides/fast-mode). */
  fast: ['priority', 'fast'],
  /** https://openai.com/api-fast-mode */
  fastPrices: [
    { models: named('gpt-6(?:\\.\\d)?-(?:astra|sol|terra|luna)'), multiple: 2 },
    { models: named('gpt-5\\.6(?:-sol|-terra|-luna)?'), multiple: 2 },
    { models: named('gpt-5\\.5'), multiple: 2.5, below: LONG_CONTEXT_TOKENS },
    { models: named('gpt-5\\.4'), multiple: 2, below: LONG_CONTEXT_TOKENS },
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
  ],
  regions: { global: 1, not_available: 1 },
};
