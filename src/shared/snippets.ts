import { envVariables } from './env-block.js';

/** Ready-made pieces that make one tool talk to the proxy. Pure. */

export const SNIPPETS = [
  'curl-openai',
  'curl-anthropic',
  'openai-python',
  'openai-node',
  'anthropic-python',
  'anthropic-node',
  'langchain-python',
  'langchain-node',
  'claude-code',
  'codex',
] as const;
export type SnippetId = (typeof SNIPPETS)[number];

export interface Snippet {
  /** As a person calls it, such as "OpenAI SDK · Python". */
  readonly title: string;
  /** Text that holds the key. */
  readonly text: string;
  /** What bites, in a sentence; undefined: nothing does. */
  readonly caveat: string | undefined;
}

export function snippetOf(id: SnippetId, _url: string, _localKey: string): Snippet {
  return { title: id, text: envVariables(_url, _localKey).join('\n'), caveat: undefined };
}
