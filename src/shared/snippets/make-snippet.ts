/** Of the proxy, and its local key. */
export interface SnippetAddress {
  readonly url: string;
  readonly key: string;
}

/** Of which kind a snippet is: each belongs in a place of its own, or has something of its own to watch out for. */
export type SnippetKind =
  | 'curl'
  | 'python'
  | 'node'
  | 'openai-node'
  | 'langchain-python'
  | 'langchain-node'
  | 'claude-code'
  | 'codex';

/** Makes a snippet whose text is still in lines. */
export type MakeSnippet = (address: SnippetAddress) => {
  readonly title: string;
  readonly kind: SnippetKind;
  readonly lines: readonly string[];
};

/**
 * A string of Python, of JavaScript and of TOML alike. JSON escapes the quote and the backslash, which all three read as
 * it does, and what else it would escape can't be in a key; a dollar or a backtick means nothing between these quotes.
 */
export function quote(value: string): string {
  return JSON.stringify(value);
}
