import path from 'node:path';
import { baseUrlOf } from '../../shared/providers.js';
import { say } from '../../words/say.js';
import type { FileTool } from '../adapter.js';
import { jsonc } from '../formats/jsonc.js';

/**
 * Zed takes the addresses from its settings, and the keys from the system's keychain or its environment alone
 * (https://zed.dev/docs/ai/use-api-access).
 */
export const zed: FileTool = {
  kind: 'file',
  id: 'zed',
  title: 'Zed',
  meterName: 'Zed',
  programs: ['zed', 'zeditor'],
  format: jsonc,
  file({ env, homedir, platform }) {
    if (platform === 'win32') {
      return path.join(env.APPDATA || path.join(homedir, 'AppData', 'Roaming'), 'Zed', 'settings.json');
    }
    const config = platform === 'darwin' ? undefined : env.XDG_CONFIG_HOME;
    return path.join(config || path.join(homedir, '.config'), 'zed', 'settings.json');
  },
  settings: ({ url }) => [
    { path: ['language_models', 'anthropic', 'api_url'], value: baseUrlOf('anthropic', url), role: 'address' },
    { path: ['language_models', 'openai', 'api_url'], value: baseUrlOf('openai', url), role: 'address' },
  ],
  byHand: ({ localKey }) => [say('tools.zed.enterKey', { localKey }), say('tools.zed.ownKeys')],
  verify: say('tools.zed.verify'),
};
