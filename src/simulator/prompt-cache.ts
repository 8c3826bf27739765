import { createHash } from 'node:crypto';

/** Of a prompt, what is in blocks: OpenAI caches in steps of 128 tokens, which is about 512 characters. */
const BLOCK_CHARS = 512;
export const BLOCK_TOKENS = 128;
const MAX_BLOCKS = 50_000;

/** Remembers the beginnings of prompts, as a provider's prompt cache does, by a chain of hashes over their blocks. */
export class PromptCache {
  private readonly seen = new Set<string>();

  /** Tokens of the longest beginning of `text` that was seen before with this key; the whole is remembered. */
  lookUp(key: string, text: string): number {
    let chain = key;
    let cachedBlocks = 0;
    let unbroken = true;
    for (let at = 0; at + BLOCK_CHARS <= text.length; at += BLOCK_CHARS) {
      chain = createHash('sha256')
        .update(chain)
        .update(text.slice(at, at + BLOCK_CHARS))
        .digest('base64');
      if (unbroken && this.seen.has(chain)) cachedBlocks += 1;
      else unbroken = false;
      this.seen.add(chain);
    }
    if (this.seen.size > MAX_BLOCKS) this.seen.clear();
    return cachedBlocks * BLOCK_TOKENS;
  }

  reset(): void {
    this.seen.clear();
  }
}
