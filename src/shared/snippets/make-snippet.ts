/** Of the proxy, and its local key. */
export interface SnippetAddress {
  readonly url: string;
  readonly key: string;
}

/** Makes a snippet whose text is still in lines. */
export type MakeSnippet = (address: SnippetAddress) => {
  readonly title: string;
  readonly place: string;
  readonly caveat: string | undefined;
  readonly lines: readonly string[];
};

export const CODE_CAVEAT =
  'Address and key stand in the code, because an editor or a notebook started from the desktop does not have your shell’s variables. Do not commit the key.';

/**
 * A string of Python, of JavaScript and of TOML alike. JSON escapes the quote and the backslash, which all three read as
 * it does, and what else it would escape can't be in a key; a dollar or a backtick means nothing between these quotes.
 */
export function quote(value: string): string {
  return JSON.stringify(value);
}
