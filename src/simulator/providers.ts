import { isProviderName, type ProviderName } from '../shared/providers.js';
import { simulatedAnthropic } from './anthropic/provider.js';
import { simulatedGrok } from './grok/provider.js';
import { simulatedOpenai } from './openai/provider.js';
import type { SimulatedProvider } from './provider.js';

const SIMULATED: Readonly<Record<ProviderName, SimulatedProvider>> = {
  openai: simulatedOpenai,
  anthropic: simulatedAnthropic,
  grok: simulatedGrok,
};

export const ALL_SIMULATED: readonly SimulatedProvider[] = Object.values(SIMULATED);

/** The provider that a path leads to and the path there: "/openai/v1/models" is "/v1/models" of OpenAI. */
export function providerAt(path: string): { readonly provider: SimulatedProvider; readonly path: string } | undefined {
  const [, name = '', rest] = /^\/(\w+)(\/.*)$/.exec(path) ?? [];
  return rest !== undefined && isProviderName(name) ? { provider: SIMULATED[name], path: rest } : undefined;
}
