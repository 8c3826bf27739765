import { baseUrlOf, baseUrlsOf } from '../../shared/providers.js';
import { snippetOf } from '../../shared/snippets.js';
import { t } from '../../words/index.js';
import type { GuidedTool } from '../adapter.js';

/** Tools whose settings are code, or stand where no other program is meant to write. */

/** https://ai-sdk.dev/providers/ai-sdk-providers */
export const vercelAiSdk: GuidedTool = {
  kind: 'guided',
  id: 'ai-sdk',
  title: 'Vercel AI SDK',
  meterName: 'Vercel AI SDK',
  programs: [],
  possible: true,
  steps: ({ url, localKey }) => [
    'The AI SDK is set up in your code; do not commit the key:',
    '',
    "import { createAnthropic } from '@ai-sdk/anthropic';",
    "import { createOpenAI } from '@ai-sdk/openai';",
    '',
    `const openai = createOpenAI({ baseURL: ${JSON.stringify(baseUrlOf('openai', url))}, apiKey: ${JSON.stringify(localKey)} });`,
    `const anthropic = createAnthropic({ baseURL: ${JSON.stringify(`${baseUrlOf('anthropic', url)}/v1`)}, apiKey: ${JSON.stringify(localKey)} });`,
  ],
};

export const langchain: GuidedTool = {
  kind: 'guided',
  id: 'langchain',
  title: 'LangChain',
  programs: [],
  possible: true,
  steps({ url, localKey }) {
    return (['langchain-python', 'langchain-node'] as const).flatMap((id) => {
      const { title, text, kind } = snippetOf(id, url, localKey);
      const caveat = t(`snippet.caveat.${kind}`, baseUrlsOf(url));
      return [`${title}, in ${t(`snippet.place.${kind}`)}:`, '', text.trimEnd(), '', caveat, ''];
    });
  },
};

/** https://code.visualstudio.com/docs/copilot/customization/language-models */
export const vscode: GuidedTool = {
  kind: 'guided',
  id: 'vscode',
  title: 'VS Code chat',
  meterName: 'GitHub Copilot',
  programs: ['code', 'code-insiders'],
  possible: true,
  steps({ url, localKey }) {
    const limits = { toolCalling: true, vision: true, maxInputTokens: 200_000, maxOutputTokens: 32_000 };
    const claude = {
      id: 'claude-sonnet-4-6',
      name: 'Claude Sonnet (Meshbar)',
      url: `${baseUrlOf('anthropic', url)}/v1/messages`,
    };
    const gpt = { id: 'gpt-5.4', name: 'GPT (Meshbar)', url: `${baseUrlOf('openai', url)}/responses` };
    const groups = [
      { name: 'Meshbar · Anthropic', apiType: 'messages', model: claude },
      { name: 'Meshbar · OpenAI', apiType: 'responses', model: gpt },
    ].map(({ name, apiType, model }) => ({
      name,
      vendor: 'customendpoint',
      apiKey: localKey,
      apiType,
      models: [{ ...model, ...limits }],
    }));
    return [
      'VS Code keeps models of your own in a file of the profile, and their keys in its own storage: Meshbar writes neither.',
      'Run `Chat: Open Language Models (JSON)` from the Command Palette and add to the list:',
      '',
      ...groups.map((group) => `${JSON.stringify(group, undefined, 2)},`),
      '',
      'Then choose one of the two models in the chat. Completions as you type stay with GitHub.',
    ];
  },
};

/** https://docs.cline.bot/provider-config */
export const cline: GuidedTool = {
  kind: 'guided',
  id: 'cline',
  title: 'Cline, Roo Code, Kilo Code',
  programs: ['cline'],
  possible: true,
  steps: ({ url, localKey }) => [
    'These extensions keep their settings in the editor’s storage, which only they write. In their settings, either',
    '- API Provider "Anthropic", "Use custom base URL":',
    `    base URL ${baseUrlOf('anthropic', url)}`,
    '- or API Provider "OpenAI Compatible", with a model such as gpt-5.4:',
    `    base URL ${baseUrlOf('openai', url)}`,
    `API key, for both: ${localKey}`,
  ],
};

/** https://www.jetbrains.com/help/ai-assistant/bring-your-own-key-byok.html */
export const jetbrains: GuidedTool = {
  kind: 'guided',
  id: 'jetbrains',
  title: 'JetBrains AI Assistant',
  programs: ['idea', 'pycharm', 'webstorm', 'goland'],
  possible: true,
  steps: ({ url, localKey }) => [
    'JetBrains IDEs keep keys in the system’s keychain, which Meshbar does not touch.',
    'Settings, Tools, AI Assistant, Providers & API keys: choose the provider "OpenAI-compatible" and enter',
    `  URL   ${baseUrlOf('openai', url)}`,
    `  Key   ${localKey}`,
    '  Model such as gpt-5.4',
    'Chat and agents then go through Meshbar. Features of JetBrains’ own service do not.',
  ],
};

export const cursor: GuidedTool = {
  kind: 'guided',
  id: 'cursor',
  title: 'Cursor',
  meterName: 'Cursor',
  programs: ['cursor'],
  possible: false,
  steps: () => [
    'Cursor can’t be connected: it sends to models from its own servers, also where you give it a base URL of your own.',
    'Those servers can’t reach 127.0.0.1 on this machine. An extension in Cursor, such as Claude Code or Cline, can be connected.',
  ],
};
