import type { TierPrices } from '../tier-prices.js';

export const ANTHROPIC_TIERS: TierPrices = {
  standard: ['default', 'auto', 'standard'],
  halfPrice: ['flex', 'batch'],
  // Anthropic's priority tier is capacity paid for in advance: it has no price by the token.
  fast: ['fast'],
  /** https://platform.claude.com/docs/en/build-with-claude/fast-mode */
  fastPrices: [
    { models: /^claude-opus-4-[67](?:-\d{8})?$/, multiple: 6 },
    { models: /^claude-opus-4-8(?:-\d{8})?$/, multiple: 2 },
    { models: /^claude-opus-5(?:-\d{8})?$/, multiple: 2 },
  ],
  /** https://platform.claude.com/docs/en/build-with-claude/data-residency */
  regions: { global: 1, not_available: 1, us: 1.1 },
};
