import type { ProviderName } from '../shared/usage.js';
import { anthropic } from './anthropic.js';
import { openai } from './openai.js';
import type { Provider } from './provider.js';

const PROVIDERS: Record<ProviderName, Provider> = { openai, anthropic };

export function providerOf(name: ProviderName): Provider {
  return PROVIDERS[name];
}

/** Whether MeshAgent's service answers this path of this provider. */
export function isAllowedPath(name: ProviderName, path: string): boolean {
  return PROVIDERS[name].isAllowedPath(path);
}

/** Whether a WebSocket may be opened there. */
export function isWebSocketPath(name: ProviderName, path: string): boolean {
  return PROVIDERS[name].isWebSocketPath(path);
}
