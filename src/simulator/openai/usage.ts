import type { SimulatedUsage } from '../billing.js';
import type { Call } from '../call.js';
import { type Prompt, promptTokens } from '../prompt.js';
import { BLOCK_TOKENS } from '../prompt-cache.js';

/** Prompts shorter than this are not cached (https://platform.openai.com/docs/guides/prompt-caching). */
const MIN_CACHED_TOKENS = 1024;
/** A prompt as long as this is taken to have been sent before, by another machine: half of it is cached at first sight. */
const LONG_PROMPT_TOKENS = 8192;
const REASONING_TOKENS = 64;

/** Counts as OpenAI makes them: the cached are contained in the input, the reasoning in the output. */
export interface OpenaiCounts {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly reasoning: number;
}

export function countOpenaiTokens(
  call: Pick<Call, 'plan' | 'service'>,
  model: string,
  prompt: Prompt,
  answerTokens: number,
): OpenaiCounts {
  const { plan } = call;
  const input = plan.input ?? promptTokens(prompt);
  const reasoning = plan.reasoning ?? (reasons(model) ? REASONING_TOKENS : 0);
  const seen = call.service.promptCache.lookUp(`openai ${model}`, prompt.text);
  return {
    input,
    cached: plan.cached ?? cachedOf(input, seen),
    written: plan.written ?? 0,
    output: plan.output ?? answerTokens + reasoning,
    reasoning,
  };
}

function cachedOf(input: number, seen: number): number {
  if (input < MIN_CACHED_TOKENS) return 0;
  if (seen >= MIN_CACHED_TOKENS) return Math.min(seen, input);
  return input >= LONG_PROMPT_TOKENS ? Math.floor(input / 2 / BLOCK_TOKENS) * BLOCK_TOKENS : 0;
}

function reasons(model: string): boolean {
  return /^(?:o\d|gpt-5)/.test(model) && !/chat/.test(model);
}

/** As chat completions report it. */
export function chatUsage(counts: OpenaiCounts): SimulatedUsage {
  return {
    raw: {
      prompt_tokens: counts.input,
      completion_tokens: counts.output,
      total_tokens: counts.input + counts.output,
      prompt_tokens_details: { cached_tokens: counts.cached, cache_write_tokens: counts.written, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: counts.reasoning,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    billed: billedOf(counts),
  };
}

/** As responses report it. */
export function responsesUsage(counts: OpenaiCounts): SimulatedUsage {
  return {
    raw: {
      input_tokens: counts.input,
      input_tokens_details: { cached_tokens: counts.cached, cache_write_tokens: counts.written },
      output_tokens: counts.output,
      output_tokens_details: { reasoning_tokens: counts.reasoning },
      total_tokens: counts.input + counts.output,
    },
    billed: billedOf(counts),
  };
}

function billedOf(counts: OpenaiCounts): Record<string, number> {
  return {
    input_tokens: Math.max(0, counts.input - counts.cached - counts.written),
    cached_tokens: counts.cached,
    cache_write_tokens: counts.written,
    output_tokens: counts.output,
  };
}
