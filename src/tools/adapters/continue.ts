import path from 'node:path';
import { say } from '../../words/say.js';
import type { FileTool, ProxyAddress, ToolSetting } from '../adapter.js';
import { valueAt } from '../formats/values.js';
import { yaml } from '../formats/yaml.js';

const MODELS = [
  { name: 'Claude Sonnet (Meshbar)', provider: 'anthropic', model: 'claude-sonnet-4-6' },
  { name: 'GPT (Meshbar)', provider: 'openai', model: 'gpt-5.4' },
] as const;

/**
 * Continue's own configuration, to which models are added beside those there are
 * (https://docs.continue.dev/reference). Its clients put paths such as "messages" behind the address.
 */
export const continueDev: FileTool = {
  kind: 'file',
  id: 'continue',
  title: 'Continue',
  meterName: 'Continue',
  programs: ['cn'],
  format: yaml,
  file: ({ env, homedir }) => path.resolve(env.CONTINUE_GLOBAL_DIR || path.join(homedir, '.continue'), 'config.yaml'),
  settings: (address) => [
    { path: ['name'], value: 'Local Config', role: 'optional' },
    { path: ['version'], value: '1.0.0', role: 'optional' },
    { path: ['schema'], value: 'v1', role: 'optional' },
    ...MODELS.map((model): ToolSetting => modelSetting(model, address)),
  ],
  goesElsewhere(config, { url }) {
    for (const { name, provider } of MODELS) {
      const apiBase = valueAt(config, ['models', { item: name }, 'apiBase']);
      if (typeof apiBase === 'string' && !apiBase.startsWith(`${url}/${provider}/`)) return apiBase;
    }
    return undefined;
  },
  byHand: () => [say('tools.continue.model', { models: MODELS.map(({ name }) => name).join(', ') })],
  verify: say('tools.continue.verify'),
};

function modelSetting(model: (typeof MODELS)[number], { url, localKey }: ProxyAddress): ToolSetting {
  const apiBase = `${url}/${model.provider}/v1`;
  return { path: ['models', { item: model.name }], value: { ...model, apiBase, apiKey: localKey } };
}
