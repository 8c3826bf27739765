import { assertPlainKey } from './env-block.js';
import { PROVIDER_NAMES, PROVIDERS } from './providers.js';
import { API_SNIPPETS } from './snippets/api-snippets.js';
import type { MakeSnippet, SnippetKind } from './snippets/make-snippet.js';
import { TOOL_SNIPPETS } from './snippets/tool-snippets.js';

/** Snippets that each make one tool talk to the proxy. Pure. */

const TOOLS = Object.keys(TOOL_SNIPPETS) as (keyof typeof TOOL_SNIPPETS)[];

export const SNIPPETS = [
  ...PROVIDER_NAMES.map((name) => `curl-${name}` as const),
  ...PROVIDER_NAMES.flatMap((name) => [`${name}-python`, `${name}-node`] as const),
  ...TOOLS,
] as const;
export type SnippetId = (typeof SNIPPETS)[number];

export interface Snippet {
  /** As a person calls it, such as "OpenAI SDK · Python". */
  readonly title: string;
  /** Names the words that say where it belongs and what to watch out for. */
  readonly kind: SnippetKind;
  /** Text that holds the key. */
  readonly text: string;
}

const MAKERS: ReadonlyMap<string, MakeSnippet> = new Map([
  ...PROVIDER_NAMES.flatMap((name): [string, MakeSnippet][] => {
    const provider = PROVIDERS[name];
    const { curl, python, node } = API_SNIPPETS[provider.exampleApi];
    return [
      [`curl-${name}`, (address) => curl(provider, address)],
      [`${name}-python`, (address) => python(provider, address)],
      [`${name}-node`, (address) => node(provider, address)],
    ];
  }),
  ...Object.entries(TOOL_SNIPPETS),
]);

/**
 * `url` of the proxy, without a trailing slash. Correct for any key; throws TypeError for one with a control character,
 * as `envBlock` does.
 */
export function snippetOf(id: SnippetId, url: string, localKey: string): Snippet {
  assertPlainKey(localKey);
  const make = MAKERS.get(id) as MakeSnippet;
  const { lines, ...about } = make({ url, key: localKey });
  return { ...about, text: `${lines.join('\n')}\n` };
}
