import { existsSync } from 'node:fs';
import path from 'node:path';
import { baseUrlOf } from '../../shared/providers.js';
import { say } from '../../words/say.js';
import type { FileTool, ProxyAddress } from '../adapter.js';
import { jsonc } from '../formats/jsonc.js';

/** Of opencode's two providers that Meshbar can stand in for, with the base URLs that their SDKs take. */
export function opencodeProviders({ url, localKey }: ProxyAddress) {
  return {
    openai: { options: { baseURL: baseUrlOf('openai', url), apiKey: localKey } },
    anthropic: { options: { baseURL: `${baseUrlOf('anthropic', url)}/v1`, apiKey: localKey } },
  };
}

/**
 * opencode merges its files, and the one that OPENCODE_CONFIG names counts before the global one
 * (https://opencode.ai/v1/docs/config, https://opencode.ai/v1/docs/providers#base-url).
 */
export const opencode: FileTool = {
  kind: 'file',
  id: 'opencode',
  title: 'opencode',
  meterName: 'opencode',
  programs: ['opencode'],
  format: jsonc,
  file({ env, homedir }) {
    if (env.OPENCODE_CONFIG) return path.resolve(env.OPENCODE_CONFIG);
    const folder = path.join(env.XDG_CONFIG_HOME || path.join(homedir, '.config'), 'opencode');
    const withComments = path.join(folder, 'opencode.jsonc');
    return existsSync(withComments) ? withComments : path.join(folder, 'opencode.json');
  },
  settings(address) {
    const { openai, anthropic } = opencodeProviders(address);
    return [
      { path: ['provider', 'openai', 'options', 'baseURL'], value: openai.options.baseURL, role: 'address' },
      { path: ['provider', 'openai', 'options', 'apiKey'], value: openai.options.apiKey, role: 'key' },
      { path: ['provider', 'anthropic', 'options', 'baseURL'], value: anthropic.options.baseURL, role: 'address' },
      { path: ['provider', 'anthropic', 'options', 'apiKey'], value: anthropic.options.apiKey, role: 'key' },
    ];
  },
  byHand: () => [say('tools.opencode.model')],
  verify: say('tools.opencode.verify'),
};
