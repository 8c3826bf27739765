import type { SimulatedUsage } from '../billing.js';

export interface RealtimeCounts {
  readonly inputText: number;
  readonly inputAudio: number;
  /** Of inputText. */
  readonly cachedText: number;
  /** Of inputAudio. */
  readonly cachedAudio: number;
  readonly outputText: number;
  readonly outputAudio: number;
}

/** As response.done reports it: the details split each total by medium, the cached ones by medium again. */
export function realtimeUsage(counts: RealtimeCounts): SimulatedUsage {
  const { inputText, inputAudio, cachedText, cachedAudio, outputText, outputAudio } = counts;
  return {
    raw: {
      total_tokens: inputText + inputAudio + outputText + outputAudio,
      input_tokens: inputText + inputAudio,
      output_tokens: outputText + outputAudio,
      input_token_details: {
        text_tokens: inputText,
        audio_tokens: inputAudio,
        image_tokens: 0,
        cached_tokens: cachedText + cachedAudio,
        cached_tokens_details: { text_tokens: cachedText, audio_tokens: cachedAudio, image_tokens: 0 },
      },
      output_token_details: { text_tokens: outputText, audio_tokens: outputAudio },
    },
    billed: {
      input_tokens: inputText - cachedText,
      cached_tokens: cachedText,
      audio_input_tokens: inputAudio - cachedAudio,
      audio_cached_tokens: cachedAudio,
      output_tokens: outputText,
      audio_output_tokens: outputAudio,
    },
  };
}
