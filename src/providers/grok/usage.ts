import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import { anthropicUsage } from '../anthropic/usage.js';
import { openaiUsage } from '../openai/usage.js';

/**
 * Grok answers in two shapes, and its usage says itself in which: with a field for the cache it counts as Anthropic's
 * does, input apart from what was read and written; otherwise as OpenAI's. MeshAgent bills what was written as ordinary
 * input, so it isn't kept apart.
 */
export function grokUsage(raw: RawUsage): TokenUsage | undefined {
  if (!('cache_read_input_tokens' in raw) && !('cache_creation_input_tokens' in raw)) return openaiUsage(raw);
  const usage = anthropicUsage(raw);
  if (usage === undefined) return undefined;
  const { cacheCreationInputTokens: _written, cacheCreation1hInputTokens: _written1h, ...counts } = usage;
  return counts;
}
