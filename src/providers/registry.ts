import type { BodyRewrite, ExchangeHead } from '../shared/exchange.js';
import type { ProviderName } from '../shared/providers.js';
import { anthropic } from './anthropic/descriptor.js';
import { createEndpointTable, type Endpoint, type EndpointTable } from './endpoints.js';
import { grok } from './grok/descriptor.js';
import { openai } from './openai/descriptor.js';
import type { Provider } from './provider.js';

const REGISTRY: Readonly<Record<ProviderName, Provider>> = { openai, anthropic, grok };

export const ALL_PROVIDERS: readonly Provider[] = Object.values(REGISTRY);

/** Whose a request is that names none. */
export const DEFAULT_PROVIDER = ALL_PROVIDERS.find(({ isDefault }) => isDefault) as Provider;

export function providerOf(name: ProviderName): Provider {
  return REGISTRY[name];
}

const TABLES = Object.fromEntries(
  ALL_PROVIDERS.map((provider) => [provider.name, createEndpointTable(provider)]),
) as Readonly<Record<ProviderName, EndpointTable>>;

/** What MeshAgent's service answers at this path of this provider; undefined: nothing. `path` is without query. */
export function endpointOf(name: ProviderName, path: string): Endpoint | undefined {
  return TABLES[name].at(path);
}

/** As endpointOf; for any other path what holds for all of the provider's. */
export function meteredEndpointOf(name: ProviderName, path: string): Endpoint {
  const table = TABLES[name];
  return table.at(path) ?? table.other;
}

/** Whether MeshAgent's service answers this path of this provider. */
export function isAllowedPath(name: ProviderName, path: string): boolean {
  return endpointOf(name, path) !== undefined;
}

/** Whether a WebSocket may be opened there. */
export function isWebSocketPath(name: ProviderName, path: string): boolean {
  return endpointOf(name, path)?.webSocket !== undefined;
}

/** Whether a successful exchange there costs something. */
export function bills({ transport, method, providerName, path }: ExchangeHead): boolean {
  return transport === 'websocket' || (method === 'POST' && endpointOf(providerName, path)?.free !== true);
}

/** The change to an exchange's bodies that makes its usage known; undefined where there is none to make. */
export function askForUsage(head: ExchangeHead): BodyRewrite | undefined {
  return endpointOf(head.providerName, head.path)?.askForUsage?.(head);
}
