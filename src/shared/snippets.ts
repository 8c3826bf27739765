import { assertPlainKey, quoteSh } from './env-block.js';

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
  /** Where it belongs, such as "~/.codex/config.toml". */
  readonly place: string;
  /** Text that holds the key. */
  readonly text: string;
  /** What bites, in a sentence or two; undefined: nothing does. */
  readonly caveat: string | undefined;
}

/**
 * `url` of the proxy, without a trailing slash. Correct for any key; throws TypeError for one with a control character,
 * as `envBlock` does.
 */
export function snippetOf(id: SnippetId, url: string, localKey: string): Snippet {
  assertPlainKey(localKey);
  const { lines, ...about } = MAKERS[id]({ openai: `${url}/openai/v1`, anthropic: `${url}/anthropic`, key: localKey });
  return { ...about, text: `${lines.join('\n')}\n` };
}

interface Address {
  readonly openai: string;
  readonly anthropic: string;
  readonly key: string;
}
type Made = Omit<Snippet, 'text'> & { readonly lines: readonly string[] };

const OPENAI_MODEL = 'gpt-5.4-mini';
const ANTHROPIC_MODEL = 'claude-haiku-4-5';

const CURL_CAVEAT =
  'For sh, bash and zsh; on Windows use Git Bash or WSL. The shell may keep the line, and with it the key, in its history.';
const CODE_CAVEAT =
  'Address and key stand in the code, because an editor or a notebook started from the desktop does not have your shell’s variables. Do not commit the key.';

const MAKERS: Readonly<Record<SnippetId, (address: Address) => Made>> = {
  'curl-openai': ({ openai, key }) => ({
    title: 'curl · OpenAI',
    place: 'a terminal',
    caveat: CURL_CAVEAT,
    lines: [
      `curl ${quoteSh(`${openai}/responses`)} \\`,
      `  -H ${quoteSh(`Authorization: Bearer ${key}`)} \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d '{"model": "${OPENAI_MODEL}", "input": "Hello"}'`,
    ],
  }),
  'curl-anthropic': ({ anthropic, key }) => ({
    title: 'curl · Anthropic',
    place: 'a terminal',
    caveat: CURL_CAVEAT,
    lines: [
      `curl ${quoteSh(`${anthropic}/v1/messages`)} \\`,
      `  -H ${quoteSh(`x-api-key: ${key}`)} \\`,
      `  -H 'anthropic-version: 2023-06-01' \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d '{"model": "${ANTHROPIC_MODEL}", "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}'`,
    ],
  }),
  'openai-python': ({ openai, key }) => ({
    title: 'OpenAI SDK · Python',
    place: 'a .py file',
    caveat: CODE_CAVEAT,
    lines: [
      'from openai import OpenAI',
      '',
      `client = OpenAI(base_url=${quote(openai)}, api_key=${quote(key)})`,
      `response = client.responses.create(model="${OPENAI_MODEL}", input="Hello")`,
      'print(response.output_text)',
    ],
  }),
  'openai-node': ({ openai, key }) => ({
    title: 'OpenAI SDK · Node',
    place: 'an .mjs file',
    caveat: `${CODE_CAVEAT} The SDK’s realtime helpers always speak TLS; the README says how to connect them.`,
    lines: [
      `import OpenAI from ${quote('openai')};`,
      '',
      `const client = new OpenAI({ baseURL: ${quote(openai)}, apiKey: ${quote(key)} });`,
      `const response = await client.responses.create({ model: "${OPENAI_MODEL}", input: "Hello" });`,
      'console.log(response.output_text);',
    ],
  }),
  'anthropic-python': ({ anthropic, key }) => ({
    title: 'Anthropic SDK · Python',
    place: 'a .py file',
    caveat: CODE_CAVEAT,
    lines: [
      'from anthropic import Anthropic',
      '',
      `client = Anthropic(base_url=${quote(anthropic)}, api_key=${quote(key)})`,
      'message = client.messages.create(',
      `    model="${ANTHROPIC_MODEL}",`,
      '    max_tokens=100,',
      '    messages=[{"role": "user", "content": "Hello"}],',
      ')',
      'print(message.content[0].text)',
    ],
  }),
  'anthropic-node': ({ anthropic, key }) => ({
    title: 'Anthropic SDK · Node',
    place: 'an .mjs file',
    caveat: CODE_CAVEAT,
    lines: [
      `import Anthropic from ${quote('@anthropic-ai/sdk')};`,
      '',
      `const client = new Anthropic({ baseURL: ${quote(anthropic)}, apiKey: ${quote(key)} });`,
      'const message = await client.messages.create({',
      `  model: "${ANTHROPIC_MODEL}",`,
      '  max_tokens: 100,',
      '  messages: [{ role: "user", content: "Hello" }],',
      '});',
      'console.log(message.content[0].text);',
    ],
  }),
  'langchain-python': ({ openai, anthropic, key }) => ({
    title: 'LangChain · Python',
    place: 'a .py file',
    caveat: `${CODE_CAVEAT} For Claude models take ChatAnthropic of langchain_anthropic with base_url ${anthropic}.`,
    lines: [
      'from langchain_openai import ChatOpenAI',
      '',
      'model = ChatOpenAI(',
      `    model="${OPENAI_MODEL}",`,
      `    base_url=${quote(openai)},`,
      `    api_key=${quote(key)},`,
      ')',
      'print(model.invoke("Hello").text)',
    ],
  }),
  'langchain-node': ({ openai, anthropic, key }) => ({
    title: 'LangChain · Node',
    place: 'an .mjs file',
    caveat: `${CODE_CAVEAT} For Claude models take ChatAnthropic of @langchain/anthropic with anthropicApiUrl ${anthropic}.`,
    lines: [
      `import { ChatOpenAI } from ${quote('@langchain/openai')};`,
      '',
      'const model = new ChatOpenAI({',
      `  model: "${OPENAI_MODEL}",`,
      `  apiKey: ${quote(key)},`,
      `  configuration: { baseURL: ${quote(openai)} },`,
      '});',
      'console.log((await model.invoke("Hello")).text);',
    ],
  }),
  'claude-code': ({ anthropic, key }) => ({
    title: 'Claude Code',
    place: '~/.claude/settings.json',
    caveat:
      'If the file is there already, add the two lines to its "env". What stands here counts before a shell’s variables, and also where an editor starts Claude Code. With ANTHROPIC_API_KEY from an env block instead, Claude Code asks once whether to use the key: say yes. At an address that is not Anthropic’s it leaves some features off, such as the search for MCP tools.',
    lines: JSON.stringify({ env: { ANTHROPIC_BASE_URL: anthropic, ANTHROPIC_AUTH_TOKEN: key } }, undefined, 2).split(
      '\n',
    ),
  }),
  codex: ({ openai, key }) => ({
    title: 'Codex',
    place: '~/.codex/config.toml',
    caveat:
      'Codex reads this file when it starts and never OPENAI_BASE_URL, so an env block does not reach it. In a file that has tables already, model_provider goes above the first of them.',
    lines: [
      'model_provider = "meshbar"',
      '',
      '[model_providers.meshbar]',
      'name = "Meshbar"',
      `base_url = ${quote(openai)}`,
      `experimental_bearer_token = ${quote(key)}`,
      'wire_api = "responses"',
    ],
  }),
};

/**
 * A string of Python, of JavaScript and of TOML alike. JSON escapes the quote and the backslash, which all three read as
 * it does, and what else it would escape can't be in a key; a dollar or a backtick means nothing between these quotes.
 */
function quote(value: string): string {
  return JSON.stringify(value);
}
