import type { UsageGap } from '../../shared/columns.js';
import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import { countAt, definedUsage, within } from '../usage-fields.js';

/**
 * Anthropic's input excludes what was read from and written to the cache: the three together are what was sent
 * (https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching).
 */
export function anthropicUsage(raw: RawUsage): TokenUsage | undefined {
  const uncached = countAt(raw, 'input_tokens');
  const read = countAt(raw, 'cache_read_input_tokens');
  const written = countAt(raw, 'cache_creation_input_tokens');
  return definedUsage({
    inputTokens: uncached === undefined ? undefined : uncached + (read ?? 0) + (written ?? 0),
    outputTokens: countAt(raw, 'output_tokens'),
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    cacheCreation1hInputTokens: countAt(raw, 'cache_creation', 'ephemeral_1h_input_tokens'),
    reasoningOutputTokens: countAt(raw, 'output_tokens_details', 'thinking_tokens'),
    webSearches: countAt(raw, 'server_tool_use', 'web_search_requests'),
    codeExecutions: countAt(raw, 'server_tool_use', 'code_execution_requests'),
    otherToolCalls: otherToolCalls(within(raw, 'server_tool_use')),
  });
}

/** Writes of which the two lifetimes leave something over. */
export function anthropicGaps(raw: RawUsage): readonly UsageGap[] {
  const lifetimes = within(raw, 'cache_creation');
  if (lifetimes === undefined) return [];
  const told = Object.values(lifetimes).reduce<number>(
    (sum, value) => sum + (typeof value === 'number' ? value : 0),
    0,
  );
  return told < (countAt(raw, 'cache_creation_input_tokens') ?? 0) ? ['split_written'] : [];
}

/** Counted above, or free of charge. */
const KNOWN_REQUESTS = new Set(['web_search_requests', 'code_execution_requests', 'web_fetch_requests']);

/** Calls of hosted tools that Meshbar has not heard of. */
function otherToolCalls(counters: RawUsage | undefined): number | undefined {
  let calls: number | undefined;
  for (const [key, value] of Object.entries(counters ?? {})) {
    if (typeof value !== 'number' || !key.endsWith('_requests') || KNOWN_REQUESTS.has(key)) continue;
    calls = (calls ?? 0) + value;
  }
  return calls;
}
