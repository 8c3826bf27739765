import type { IncomingHttpHeaders } from 'node:http';

/** The program that calls, as a person knows it. */
export interface Tool {
  readonly name: string;
  readonly version?: string;
}

const STAINLESS_LANGUAGES: Readonly<Record<string, string>> = {
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
  [/\bclaude-cli\/([\w.-]+)/i, 'Claude Code'],
  [/\bclaude-code\/([\w.-]+)/i, 'Claude Code'],
  [/\bcodex[\w-]*\/([\w.-]+)/i, 'Codex'],
  [/\bopencode\/([\w.-]+)/i, 'opencode'],
  [/\baider(?:-chat)?\/([\w.-]+)/i, 'Aider'],
  [/\blangchain[\w-]*\/([\w.-]+)/i, 'LangChain'],
  [/\blitellm\/([\w.-]+)/i, 'LiteLLM'],
  [/\bcursor\/([\w.-]+)/i, 'Cursor'],
  [/\bcontinue\/([\w.-]+)/i, 'Continue'],
  [/\bzed\/([\w.-]+)/i, 'Zed'],
  [/\bgithubcopilotchat\/([\w.-]+)/i, 'GitHub Copilot'],
  [/\bcline\/([\w.-]+)/i, 'Cline'],
  [/\bmeshagent\/([\w.-]+)/i, 'MeshAgent'],
  [/\bai-sdk\/[\w-]+\/([\w.-]+)/i, 'Vercel AI SDK'],
  [/\bai(?:-sdk)?\/([\w.-]+)/i, 'Vercel AI SDK'],
  [/^(?:Async)?OpenAI\/Python ([\w.-]+)/i, 'OpenAI SDK · Python'],
  [/^(?:Async)?OpenAI\/JS ([\w.-]+)/i, 'OpenAI SDK · JS'],
  [/^(?:Async)?OpenAI\/Go ([\w.-]+)/i, 'OpenAI SDK · Go'],
  [/^(?:Async)?OpenAI\/Java ([\w.-]+)/i, 'OpenAI SDK · Java'],
  [/^(?:Async)?OpenAI\/Ruby ([\w.-]+)/i, 'OpenAI SDK · Ruby'],
  [/^OpenAI\/([\w.-]+) \(\.NET/i, 'OpenAI SDK · .NET'],
  [/^(?:Async)?Anthropic\/Python ([\w.-]+)/i, 'Anthropic SDK · Python'],
  [/^(?:Async)?Anthropic\/JS ([\w.-]+)/i, 'Anthropic SDK · JS'],
  [/^(?:Async)?Anthropic\/Go ([\w.-]+)/i, 'Anthropic SDK · Go'],
  [/^(?:Async)?Anthropic\/Java ([\w.-]+)/i, 'Anthropic SDK · Java'],
  [/^(?:Async)?Anthropic\/Ruby ([\w.-]+)/i, 'Anthropic SDK · Ruby'],
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

const MAX_CACHED = 200;
const cache = new Map<string, Tool>();

/** Names the tool from its user agent and, for LangChain and SDKs behind other agents, from the fields it sends. */
export function toolOf(headers: IncomingHttpHeaders): Tool {
  const userAgent = headers['user-agent'] ?? '';
  const originator = typeof headers.originator === 'string' ? headers.originator : '';
  const language = headers['x-stainless-lang'];
  const key = `${userAgent}\n${originator}\n${typeof language === 'string' ? language : ''}`;
  const known = cache.get(key);
  if (known) return known;
  const tool = recognise(userAgent.slice(0, 500), originator.slice(0, 100), headers);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, tool);
  return tool;
}

function recognise(userAgent: string, originator: string, headers: IncomingHttpHeaders): Tool {
  for (const [pattern, name] of USER_AGENTS) {
    const match = pattern.exec(userAgent);
    if (match) return match[1] ? { name, version: match[1].slice(0, 40) } : { name };
  }
  if (/^codex/i.test(originator)) return { name: 'Codex' };
  const language = headers['x-stainless-lang'];
  if (typeof language === 'string') {
    const sdk = headers['anthropic-version'] === undefined ? 'OpenAI SDK' : 'Anthropic SDK';
    const version = headers['x-stainless-package-version'];
    const name = `${sdk} · ${STAINLESS_LANGUAGES[language.toLowerCase()] ?? printable(language)}`;
    return typeof version === 'string' ? { name, version: printable(version) } : { name };
  }
  const product = /^[A-Za-z][\w .-]{0,39}/.exec(userAgent)?.[0].trim();
  return { name: product ? printable(product) : 'Unknown' };
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 40);
}
