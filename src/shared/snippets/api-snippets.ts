import { quoteSh } from '../env-block.js';
import type { ShownProvider } from '../providers.js';
import { type MakeSnippet, quote, type SnippetAddress } from './make-snippet.js';

/** curl and the official SDK of each API, for whichever provider speaks it. */

type MakeApiSnippet = (provider: ShownProvider, address: SnippetAddress) => ReturnType<MakeSnippet>;
type ApiSnippets = Readonly<Record<'curl' | 'python' | 'node', MakeApiSnippet>>;

/** An SDK that is not the provider's own says whose models it is for. */
function titleOf(sdk: string, language: string, { title }: ShownProvider): string {
  return title === sdk ? `${sdk} SDK · ${language}` : `${sdk} SDK · ${language} · ${title}`;
}

const responses: ApiSnippets = {
  curl: ({ title, basePaths: [base], exampleModel }, { url, key }) => ({
    title: `curl · ${title}`,
    kind: 'curl',
    lines: [
      `curl ${quoteSh(`${url}${base}/responses`)} \\`,
      `  -H ${quoteSh(`Authorization: Bearer ${key}`)} \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d '{"model": "${exampleModel}", "input": "Hello"}'`,
    ],
  }),
  python: (provider, { url, key }) => ({
    title: titleOf('OpenAI', 'Python', provider),
    kind: 'python',
    lines: [
      'from openai import OpenAI',
      '',
      `client = OpenAI(base_url=${quote(url + provider.basePaths[0])}, api_key=${quote(key)})`,
      `response = client.responses.create(model="${provider.exampleModel}", input="Hello")`,
      'print(response.output_text)',
    ],
  }),
  node: (provider, { url, key }) => ({
    title: titleOf('OpenAI', 'Node', provider),
    kind: provider.title === 'OpenAI' ? 'openai-node' : 'node',
    lines: [
      `import OpenAI from ${quote('openai')};`,
      '',
      `const client = new OpenAI({ baseURL: ${quote(url + provider.basePaths[0])}, apiKey: ${quote(key)} });`,
      `const response = await client.responses.create({ model: "${provider.exampleModel}", input: "Hello" });`,
      'console.log(response.output_text);',
    ],
  }),
};

const messages: ApiSnippets = {
  curl: ({ title, basePaths: [base], exampleModel }, { url, key }) => ({
    title: `curl · ${title}`,
    kind: 'curl',
    lines: [
      `curl ${quoteSh(`${url}${base}/v1/messages`)} \\`,
      `  -H ${quoteSh(`x-api-key: ${key}`)} \\`,
      `  -H 'anthropic-version: 2023-06-01' \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d '{"model": "${exampleModel}", "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}'`,
    ],
  }),
  python: (provider, { url, key }) => ({
    title: titleOf('Anthropic', 'Python', provider),
    kind: 'python',
    lines: [
      'from anthropic import Anthropic',
      '',
      `client = Anthropic(base_url=${quote(url + provider.basePaths[0])}, api_key=${quote(key)})`,
      'message = client.messages.create(',
      `    model="${provider.exampleModel}",`,
      '    max_tokens=100,',
      '    messages=[{"role": "user", "content": "Hello"}],',
      ')',
      'print(message.content[0].text)',
    ],
  }),
  node: (provider, { url, key }) => ({
    title: titleOf('Anthropic', 'Node', provider),
    kind: 'node',
    lines: [
      `import Anthropic from ${quote('@anthropic-ai/sdk')};`,
      '',
      `const client = new Anthropic({ baseURL: ${quote(url + provider.basePaths[0])}, apiKey: ${quote(key)} });`,
      'const message = await client.messages.create({',
      `  model: "${provider.exampleModel}",`,
      '  max_tokens: 100,',
      '  messages: [{ role: "user", content: "Hello" }],',
      '});',
      'console.log(message.content[0].text);',
    ],
  }),
};

export const API_SNIPPETS: Readonly<Record<ShownProvider['exampleApi'], ApiSnippets>> = { responses, messages };
