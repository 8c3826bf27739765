import { estimateTokens } from './prose.js';

/** What a picture costs, whatever its size. */
const IMAGE_TOKENS = 765;

/** A prompt as a tokenizer sees it: its texts in their order, and how many pictures are among them. */
export interface Prompt {
  readonly text: string;
  readonly images: number;
}

/** Gathers every text of `parts` (messages, instructions, tools); pictures and files are counted, not read. */
export function promptOf(...parts: unknown[]): Prompt {
  const texts: string[] = [];
  let images = 0;
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value)) for (const entry of value) walk(entry);
    else if (typeof value === 'object' && value !== null) {
      const type = 'type' in value ? value.type : undefined;
      if (type === 'image' || type === 'image_url' || type === 'input_image') {
        images += 1;
        return;
      }
      for (const [key, entry] of Object.entries(value)) if (!NOT_TEXT.has(key)) walk(entry);
    }
  };
  for (const part of parts) walk(part);
  return { text: texts.join('\n'), images };
}

const NOT_TEXT = new Set([
  'type',
  'role',
  'id',
  'cache_control',
  'file_data',
  'data',
  'encrypted_content',
  'signature',
]);

export function promptTokens(prompt: Prompt): number {
  return estimateTokens(prompt.text) + prompt.images * IMAGE_TOKENS;
}
