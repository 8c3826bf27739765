import { baseUrlOf, PROVIDERS } from '../providers.js';
import { CODE_CAVEAT, type MakeSnippet, quote } from './make-snippet.js';

/** Frameworks and tools with a way of their own to be told where to send. Each speaks one provider's API. */
export const TOOL_SNIPPETS = {
  'langchain-python': ({ url, key }) => ({
    title: 'LangChain · Python',
    place: 'a .py file',
    caveat: `${CODE_CAVEAT} For Claude models take ChatAnthropic of langchain_anthropic with base_url ${baseUrlOf('anthropic', url)}.`,
    lines: [
      'from langchain_openai import ChatOpenAI',
      '',
      'model = ChatOpenAI(',
      `    model="${PROVIDERS.openai.exampleModel}",`,
      `    base_url=${quote(baseUrlOf('openai', url))},`,
      `    api_key=${quote(key)},`,
      ')',
      'print(model.invoke("Hello").text)',
    ],
  }),
  'langchain-node': ({ url, key }) => ({
    title: 'LangChain · Node',
    place: 'an .mjs file',
    caveat: `${CODE_CAVEAT} For Claude models take ChatAnthropic of @langchain/anthropic with anthropicApiUrl ${baseUrlOf('anthropic', url)}.`,
    lines: [
      `import { ChatOpenAI } from ${quote('@langchain/openai')};`,
      '',
      'const model = new ChatOpenAI({',
      `  model: "${PROVIDERS.openai.exampleModel}",`,
      `  apiKey: ${quote(key)},`,
      `  configuration: { baseURL: ${quote(baseUrlOf('openai', url))} },`,
      '});',
      'console.log((await model.invoke("Hello")).text);',
    ],
  }),
  'claude-code': ({ url, key }) => ({
    title: 'Claude Code',
    place: '~/.claude/settings.json',
    caveat:
      'If the file is there already, add the two lines to its "env". What stands here counts before a shell’s variables, and also where an editor starts Claude Code. With ANTHROPIC_API_KEY from an env block instead, Claude Code asks once whether to use the key: say yes. At an address that is not Anthropic’s it leaves some features off, such as the search for MCP tools.',
    lines: JSON.stringify(
      { env: { ANTHROPIC_BASE_URL: baseUrlOf('anthropic', url), ANTHROPIC_AUTH_TOKEN: key } },
      undefined,
      2,
    ).split('\n'),
  }),
  codex: ({ url, key }) => ({
    title: 'Codex',
    place: '~/.codex/config.toml',
    caveat:
      'Codex reads this file when it starts and never OPENAI_BASE_URL, so an env block does not reach it. In a file that has tables already, model_provider goes above the first of them.',
    lines: [
      'model_provider = "meshbar"',
      '',
      '[model_providers.meshbar]',
      'name = "Meshbar"',
      `base_url = ${quote(baseUrlOf('openai', url))}`,
      `experimental_bearer_token = ${quote(key)}`,
      'wire_api = "responses"',
    ],
  }),
} satisfies Record<string, MakeSnippet>;
