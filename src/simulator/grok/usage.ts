import { type AnthropicCounts as MessageCounts, messageUsage } from '../anthropic/usage.js';
import type { SimulatedUsage } from '../billing.js';
import { type OpenaiCounts, responsesUsage } from '../openai/usage.js';

/** As OpenAI's, with counts of xAI's own, which have no price. */
export function grokResponseUsage(counts: OpenaiCounts): SimulatedUsage {
  const { raw, billed } = responsesUsage(counts);
  const own = { num_sources_used: 0, num_server_side_tools_used: 0, cost_in_usd_ticks: counts.output * 25_000 };
  return { raw: { ...(raw as object), ...own }, billed };
}

/** As Anthropic's; MeshAgent bills what was written to the cache as ordinary input. */
export function grokMessageUsage(counts: MessageCounts, serviceTier: string): SimulatedUsage {
  const { input, written5m, written1h, read, output } = counts;
  const billed = { input_tokens: input + written5m + written1h, cached_tokens: read, output_tokens: output };
  return { raw: messageUsage(counts, serviceTier).raw, billed };
}
