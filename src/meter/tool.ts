import { ALL_PROVIDERS, DEFAULT_PROVIDER } from '../providers/registry.js';
import type { ClientFields } from '../shared/client-fields.js';

/** The program that calls, as a person knows it. */
export interface CallingTool {
  readonly name: string;
  readonly version?: string;
}

/** As `x-stainless-lang` and the user agents of the official SDKs spell them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  python: 'Python',
  js: 'JS',
  go: 'Go',
  java: 'Java',
  kotlin: 'Kotlin',
  ruby: 'Ruby',
  csharp: '.NET',
  php: 'PHP',
};

/** First match wins: tools stand before the SDKs and HTTP libraries they are built on. */
const USER_AGENTS: readonly (readonly [RegExp, string])[] = [
  [/\bclaude-(?:cli|code)\/([\w.-]+)/i, 'Claude Code'],
  [/\bcodex[\w-]*\/([\w.-]+)/i, 'Codex'],
  [/\bopencode\/([\w.-]+)/i, 'opencode'],
  [/\baider(?:-chat)?\/([\w.-]+)/i, 'Aider'],
  [/\blangchain[\w-]*\/([\w.-]+)/i, 'LangChain'],
  [/\blitellm\/([\w.-]+)/i, 'LiteLLM'],
  [/\bcursor\/([\w.-]+)/i, 'Cursor'],
  [/\bcontinue\/([\w.-]+)/i, 'Continue'],
  [/\bzed\/([\w.-]+)/i, 'Zed'],
  [/\bgithubcopilot(?:chat)?\/([\w.-]+)/i, 'GitHub Copilot'],
  [/\broo-?code\/([\w.-]+)/i, 'Roo Code'],
  [/\bkilo-?code\/([\w.-]+)/i, 'Kilo Code'],
  [/\bcline\/([\w.-]+)/i, 'Cline'],
  [/\bgoose\/([\w.-]+)/i, 'Goose'],
  [/\bcrush\/([\w.-]+)/i, 'Crush'],
  [/\bmeshagent[\w-]*\/([\w.-]+)/i, 'MeshAgent'],
  // Not its SDK, which it is built on.
  [/^Agents\/(?:Python|JavaScript|JS) ([\w.-]+)/i, 'OpenAI Agents SDK'],
  // Its parts name themselves too, each with a version of its own.
  [/(?:^|\s)ai\/([\w.-]+)/i, 'Vercel AI SDK'],
  [/\bai-sdk(?:\/[\w-]+)?\/([\w.-]+)/i, 'Vercel AI SDK'],
  [/^curl\/([\w.-]+)/i, 'curl'],
  [/^PostmanRuntime\/([\w.-]+)/i, 'Postman'],
  [/^insomnia\/([\w.-]+)/i, 'Insomnia'],
  [/^HTTPie\/([\w.-]+)/i, 'HTTPie'],
  [/^Wget\/([\w.-]+)/i, 'Wget'],
  [/^python-requests\/([\w.-]+)/i, 'Python requests'],
  [/^python-httpx\/([\w.-]+)/i, 'Python httpx'],
  [/\baiohttp\/([\w.-]+)/i, 'Python aiohttp'],
  [/^Python-urllib\/([\w.-]+)/i, 'Python urllib'],
  [/^Go-http-client\/([\w.-]+)/i, 'Go net/http'],
  [/^okhttp\/([\w.-]+)/i, 'OkHttp'],
  [/^axios\/([\w.-]+)/i, 'axios'],
  [/^reqwest\/([\w.-]+)/i, 'Rust reqwest'],
  [/^(?:node|undici|node-fetch)\b\/?([\w.-]*)/i, 'Node.js fetch'],
  [/^Bun\/([\w.-]+)/i, 'Bun fetch'],
  [/^Deno\/([\w.-]+)/i, 'Deno fetch'],
  [/^Mozilla\/([\w.-]+)/i, 'Browser'],
];

const SDKS = ALL_PROVIDERS.flatMap(({ sdk }) => sdk ?? []);
const SDK_NAMES = SDKS.map(({ name }) => name).join('|');
/** "AsyncOpenAI/Python 1.2.3", "OpenAIClientImpl/Java 4.0.0": the class that sends, its language, its version. */
const SDK = new RegExp(`^\\w*(${SDK_NAMES})\\w*/(Python|JS|Go|Java|Kotlin|Ruby|PHP|CSharp) ([\\w.+-]+)`, 'i');
/** "OpenAI/2.1.0 (.NET 9.0.1)". */
const DOT_NET_SDK = new RegExp(`^(${SDK_NAMES})/([\\w.-]+) \\(\\.NET`, 'i');

/** Other SDKs are made like its, and send the same fields. */
const DEFAULT_SDK = DEFAULT_PROVIDER.sdk?.name ?? '';

const MAX_CACHED = 200;
const cache = new Map<string, CallingTool>();

/** Names the tool from its user agent and, for tools and SDKs behind other agents, from the fields it sends. */
export function toolOf(headers: Partial<ClientFields>): CallingTool {
  const fields: readonly (string | undefined)[] = [
    headers['user-agent'],
    text(headers.originator),
    text(headers['x-stainless-lang']),
    text(headers['x-stainless-package-version']),
    sdkByField(headers),
  ];
  const key = fields.join('\n');
  const known = cache.get(key);
  if (known) return known;
  const [userAgent, originator, language, sdkVersion, sdkName] = fields;
  const tool =
    fromUserAgent(userAgent?.slice(0, 500) ?? '') ??
    (originator !== undefined && /^codex/i.test(originator) ? { name: 'Codex' } : undefined) ??
    (language === undefined ? undefined : sdk(sdkName ?? DEFAULT_SDK, language, sdkVersion)) ??
    product(userAgent ?? '');
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, tool);
  return tool;
}

function fromUserAgent(userAgent: string): CallingTool | undefined {
  for (const [pattern, name] of USER_AGENTS) {
    const match = pattern.exec(userAgent);
    if (match) return named(name, match[1]);
  }
  const [, name, language, version] = SDK.exec(userAgent) ?? [];
  if (name !== undefined && language !== undefined) return sdk(name, language, version);
  const [, dotNetName, dotNetVersion] = DOT_NET_SDK.exec(userAgent) ?? [];
  return dotNetName === undefined ? undefined : sdk(dotNetName, 'csharp', dotNetVersion);
}

/** The one SDK that sends a field which the others don't. */
function sdkByField(headers: Partial<ClientFields>): string | undefined {
  for (const { name, field } of SDKS) if (field !== undefined && headers[field] !== undefined) return name;
  return undefined;
}

/** `name` in whatever case. */
function sdk(name: string, language: string, version: string | undefined): CallingTool {
  const own = SDKS.find((one) => one.name.toLowerCase() === name.toLowerCase())?.name ?? name;
  return named(`${own} SDK · ${LANGUAGES[language.toLowerCase()] ?? printable(language)}`, version);
}

/** What an unknown program calls itself. */
function product(userAgent: string): CallingTool {
  const match = /^([A-Za-z][\w.-]*)\/([\w.-]+)/.exec(userAgent);
  if (match) return named(printable(match[1] as string), match[2]);
  return { name: printable(/^[A-Za-z][\w .-]*/.exec(userAgent)?.[0].trim() ?? '') || 'Unknown' };
}

function named(name: string, version: string | undefined): CallingTool {
  return version ? { name, version: printable(version) } : { name };
}

function printable(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '').slice(0, 40);
}

function text(value: string | undefined): string | undefined {
  return value?.slice(0, 100);
}
