import path from 'node:path';
import { baseUrlOf } from '../../shared/providers.js';
import { say } from '../../words/say.js';
import type { FileTool, ProxyAddress } from '../adapter.js';
import { toml } from '../formats/toml.js';
import { isMapping, valueAt } from '../formats/values.js';

const PROVIDER = 'meshbar';

/** The provider's table, apart from its key. */
export function codexProvider({ url }: Pick<ProxyAddress, 'url'>): Readonly<Record<string, string>> {
  // "responses" is the one wire protocol that Codex has left.
  return { name: 'Meshbar', base_url: baseUrlOf('openai', url), wire_api: 'responses' };
}

/**
 * Codex never reads OPENAI_BASE_URL: it takes a provider of its own from its configuration
 * (https://developers.openai.com/codex/config-reference). The key is there too, because an app or editor started
 * from the desktop has no shell's variables for `env_key`.
 */
export const codex: FileTool = {
  kind: 'file',
  id: 'codex',
  title: 'Codex',
  meterName: 'Codex',
  programs: ['codex'],
  format: toml,
  file: ({ env, homedir }) => path.resolve(env.CODEX_HOME || path.join(homedir, '.codex'), 'config.toml'),
  settings(address) {
    const { base_url, ...rest } = codexProvider(address);
    return [
      { path: ['model_provider'], value: PROVIDER },
      { path: ['model_providers', PROVIDER, 'name'], value: rest.name as string },
      { path: ['model_providers', PROVIDER, 'base_url'], value: base_url as string, role: 'address' },
      { path: ['model_providers', PROVIDER, 'experimental_bearer_token'], value: address.localKey, role: 'key' },
      { path: ['model_providers', PROVIDER, 'wire_api'], value: rest.wire_api as string },
    ];
  },
  goesElsewhere(config) {
    const provider = valueAt(config, ['model_provider']);
    if (typeof provider !== 'string' || provider === PROVIDER) return undefined;
    const address = valueAt(config, ['model_providers', provider, 'base_url']);
    return typeof address === 'string' ? `${address} (provider ${provider})` : `provider ${provider}`;
  },
  remarks(config) {
    const profiles = valueAt(config, ['profiles']);
    if (!isMapping(profiles)) return [];
    return Object.entries(profiles)
      .filter(([, profile]) => isMapping(profile) && ![undefined, PROVIDER].includes(profile.model_provider as string))
      .map(([name]) => say('tools.codex.profile', { name }));
  },
  verify: say('tools.codex.verify'),
};
