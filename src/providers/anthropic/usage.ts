import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import { count, definedUsage, within } from '../usage-fields.js';

/**
 * Anthropic's input excludes what was read from and written to the cache: the three together are what was sent
 * (https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching). Its totals exclude compactions, which the same
 * model did and which are billed like the rest, and what an advisor, another model, was asked.
 */
export function anthropicUsage(raw: RawUsage): TokenUsage | undefined {
  const iterations = within(raw, 'iterations');
  const compaction = within(iterations, 'compaction');
  const sum = (key: string, inner?: string) => plus(count(raw, key, inner), count(compaction, key, inner));
  const uncached = sum('input_tokens');
  const read = sum('cache_read_input_tokens');
  const written = sum('cache_creation_input_tokens');
  const advisor = (key: string) => count(iterations, 'advisor_message', key);
  return definedUsage({
    inputTokens: uncached === undefined ? undefined : uncached + (read ?? 0) + (written ?? 0),
    outputTokens: sum('output_tokens'),
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    cacheCreation1hInputTokens: sum('cache_creation', 'ephemeral_1h_input_tokens'),
    reasoningOutputTokens: count(raw, 'output_tokens_details', 'thinking_tokens'),
    webSearches: count(raw, 'server_tool_use', 'web_search_requests'),
    otherModelTokens: [
      'input_tokens',
      'cache_read_input_tokens',
      'cache_creation_input_tokens',
      'output_tokens',
    ].reduce<number | undefined>((total, key) => plus(total, advisor(key)), undefined),
  });
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : a + (b ?? 0);
}
