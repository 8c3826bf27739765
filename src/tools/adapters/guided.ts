import { baseUrlOf, baseUrlsOf } from '../../shared/providers.js';
import { snippetOf } from '../../shared/snippets.js';
import { say } from '../../words/say.js';
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
    say('tools.aiSdk.code'),
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
      const caveat = say(`snippet.caveat.${kind}`, baseUrlsOf(url));
      const place = say(`snippet.place.${kind}`);
      return [say('tools.snippet.place', { title, place }), '', text.trimEnd(), '', caveat, ''];
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
      say('tools.vscode.why'),
      say('tools.vscode.add'),
      '',
      ...groups.map((group) => `${JSON.stringify(group, undefined, 2)},`),
      '',
      say('tools.vscode.choose'),
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
    say('tools.cline.why'),
    say('tools.cline.anthropic'),
    `    base URL ${baseUrlOf('anthropic', url)}`,
    say('tools.cline.openai'),
    `    base URL ${baseUrlOf('openai', url)}`,
    say('tools.cline.key', { localKey }),
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
    say('tools.jetbrains.why'),
    say('tools.jetbrains.enter'),
    `  URL   ${baseUrlOf('openai', url)}`,
    `  Key   ${localKey}`,
    say('tools.jetbrains.model'),
    say('tools.jetbrains.then'),
  ],
};

export const cursor: GuidedTool = {
  kind: 'guided',
  id: 'cursor',
  title: 'Cursor',
  meterName: 'Cursor',
  programs: ['cursor'],
  possible: false,
  steps: () => [say('tools.cursor.why'), say('tools.cursor.instead')],
};
