import type { SimulatedUsage } from '../billing.js';
import type { Call } from '../call.js';
import { promptOf, promptTokens } from '../prompt.js';

/** Shorter beginnings are not cached. */
const MIN_CACHED_TOKENS = 1024;

/** Counts as Anthropic makes them: input, reads and writes stand apart, thinking is contained in the output. */
export interface AnthropicCounts {
  readonly input: number;
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
  readonly output: number;
  readonly thinking: number;
}

/**
 * The prompt up to its last `cache_control` is read from the cache as far as it was seen before, and the rest of it is
 * written (https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching).
 */
export function countAnthropicTokens(
  call: Call,
  model: string,
  request: { system?: unknown; tools?: unknown; messages?: unknown },
  answer: { output: number; thinking: number },
): AnthropicCounts {
  const { plan } = call;
  const parts = [request.tools, request.system, request.messages];
  const total = promptTokens(promptOf(...parts));
  const marked = markedPrefix(parts);
  const prefix = marked ? Math.min(total - 1, promptTokens(promptOf(marked.prefix))) : 0;
  const cacheable = prefix < MIN_CACHED_TOKENS ? 0 : prefix;
  const seen = marked ? call.service.promptCache.lookUp(`anthropic ${model}`, promptOf(marked.prefix).text) : 0;
  const read = plan.cached ?? Math.min(seen, cacheable);
  const written = plan.written ?? cacheable - Math.min(seen, cacheable);
  return {
    input: plan.input ?? total - cacheable,
    read,
    written5m: marked?.oneHour ? 0 : written,
    written1h: marked?.oneHour ? written : 0,
    output: plan.output ?? answer.output + answer.thinking,
    thinking: plan.reasoning ?? answer.thinking,
  };
}

/** Everything up to the last block that has a `cache_control`. */
function markedPrefix(parts: readonly unknown[]): { prefix: unknown[]; oneHour: boolean } | undefined {
  const blocks: unknown[] = [];
  let end = 0;
  let oneHour = false;
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) walk(entry);
    else if (typeof value === 'object' && value !== null && 'content' in value && Array.isArray(value.content)) {
      walk(value.content);
    } else if (value !== undefined) {
      blocks.push(value);
      if (typeof value !== 'object' || value === null || !('cache_control' in value) || !value.cache_control) return;
      end = blocks.length;
      oneHour = (value.cache_control as { ttl?: unknown }).ttl === '1h';
    }
  };
  walk(parts);
  return end === 0 ? undefined : { prefix: blocks.slice(0, end), oneHour };
}

export function messageUsage(counts: AnthropicCounts, serviceTier: string): SimulatedUsage {
  return {
    raw: {
      input_tokens: counts.input,
      cache_creation_input_tokens: counts.written5m + counts.written1h,
      cache_read_input_tokens: counts.read,
      cache_creation: {
        ephemeral_5m_input_tokens: counts.written5m,
        ephemeral_1h_input_tokens: counts.written1h,
      },
      output_tokens: counts.output,
      output_tokens_details: { thinking_tokens: counts.thinking },
      server_tool_use: null,
      service_tier: serviceTier,
      inference_geo: null,
      speed: null,
    },
    billed: {
      input_tokens: counts.input,
      cache_read_input_tokens: counts.read,
      // Whatever their lifetime.
      cache_creation_input_tokens: counts.written5m + counts.written1h,
      output_tokens: counts.output,
    },
  };
}
