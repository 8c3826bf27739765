interface ProviderVariables {
  readonly address: string;
  /** For the same base URL, and read first by some tools (LiteLLM, and with it Aider). */
  readonly otherAddress?: string;
  readonly key: string;
}

/**
 * What is shown of each provider, and what points a tool at it. This is the one list of providers: `ProviderName` comes
 * from it. What a provider's API is like is in src/providers, a folder for each.
 */
export interface ShownProvider {
  /** What people call it. */
  readonly title: string;
  /** Behind the proxy's address, what tools take as their base URL; the first is the one to print. */
  readonly basePaths: readonly [string, ...string[]];
  /** What tools read their base URL and key from, in the order of the env block. */
  readonly variables: readonly ProviderVariables[];
  /** Variables for a key that some tools prefer to the one above. */
  readonly otherKeys: readonly string[];
  /** Variables that name something at the provider which is not in MeshAgent's account: tools send it along. */
  readonly strangers: readonly string[];
  /** How the keys begin that the provider itself gives out. */
  readonly keyStart: string;
  /** Most people use none of it: the app shows it apart. */
  readonly isRare?: true;
  /** It speaks OpenAI's API without chat completions, which is all that some tools speak. */
  readonly hasNoChat?: true;
  /** What its examples are written for: OpenAI's responses, or Anthropic's messages. */
  readonly exampleApi: 'responses' | 'messages';
  /** Cheap and in every account: for an example. */
  readonly exampleModel: string;
}

const LIST = {
  openai: {
    title: 'OpenAI',
    basePaths: ['/openai/v1', '/v1'],
    variables: [{ address: 'OPENAI_BASE_URL', otherAddress: 'OPENAI_API_BASE', key: 'OPENAI_API_KEY' }],
    otherKeys: [],
    keyStart: 'sk-',
    strangers: ['OPENAI_ORG_ID', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT_ID'],
    exampleApi: 'responses',
    exampleModel: 'gpt-5.4-mini',
  },
  anthropic: {
    title: 'Anthropic',
    basePaths: ['/anthropic'],
    variables: [{ address: 'ANTHROPIC_BASE_URL', otherAddress: 'ANTHROPIC_API_BASE', key: 'ANTHROPIC_API_KEY' }],
    otherKeys: ['ANTHROPIC_AUTH_TOKEN'],
    keyStart: 'sk-',
    strangers: [],
    exampleApi: 'messages',
    exampleModel: 'claude-haiku-4-5',
  },
  grok: {
    title: 'Grok',
    // The second is for Anthropic's SDK, which puts "/v1/messages" behind it.
    basePaths: ['/grok/v1', '/grok'],
    variables: [
      { address: 'GROK_BASE_URL', key: 'GROK_API_KEY' },
      { address: 'XAI_BASE_URL', otherAddress: 'XAI_API_BASE', key: 'XAI_API_KEY' },
    ],
    otherKeys: [],
    strangers: [],
    keyStart: 'xai-',
    isRare: true,
    hasNoChat: true,
    exampleApi: 'responses',
    exampleModel: 'grok-4.3',
  },
} satisfies Record<string, ShownProvider>;

export type ProviderName = keyof typeof LIST;
export const PROVIDERS: Readonly<Record<ProviderName, ShownProvider>> = LIST;
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as readonly ProviderName[];
export const PROVIDER_TITLES: readonly string[] = Object.values(PROVIDERS).map(({ title }) => title);
export const PROVIDER_KEY_STARTS: readonly string[] = [
  ...new Set(Object.values(PROVIDERS).map(({ keyStart }) => keyStart)),
];

/** Whether a name from outside, such as the service's, is one of a provider we know. */
export function isProviderName(name: string): name is ProviderName {
  return Object.hasOwn(PROVIDERS, name);
}

/** The base URL of a provider's tools; `url` is the proxy's, without a trailing slash. */
export function baseUrlOf(name: ProviderName, url: string): string {
  return url + PROVIDERS[name].basePaths[0];
}

/** As baseUrlOf, of each provider. */
export function baseUrlsOf(url: string): Readonly<Record<ProviderName, string>> {
  return Object.fromEntries(PROVIDER_NAMES.map((name) => [name, baseUrlOf(name, url)])) as Record<ProviderName, string>;
}
