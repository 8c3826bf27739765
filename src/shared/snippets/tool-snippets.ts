import { baseUrlOf, PROVIDERS } from '../providers.js';
import { type MakeSnippet, quote } from './make-snippet.js';

/** Frameworks and tools with a way of their own to be told where to send. Each speaks one provider's API. */
export const TOOL_SNIPPETS = {
  'langchain-python': ({ url, key }) => ({
    title: 'LangChain · Python',
    kind: 'langchain-python',
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
    kind: 'langchain-node',
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
    kind: 'claude-code',
    lines: JSON.stringify(
      { env: { ANTHROPIC_BASE_URL: baseUrlOf('anthropic', url), ANTHROPIC_AUTH_TOKEN: key } },
      undefined,
      2,
    ).split('\n'),
  }),
  codex: ({ url, key }) => ({
    title: 'Codex',
    kind: 'codex',
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
