import Anthropic from '@anthropic-ai/sdk';
import type { RunningSimulator } from '../../src/simulator/index.js';
import { credentialsOf } from './simulated.js';

/** The official SDK, pointed straight at the simulator. `plan` is what X-Simulator says. */
export function anthropicClient(simulator: RunningSimulator, plan?: string): Anthropic {
  return new Anthropic({
    apiKey: null,
    authToken: simulator.upstreamToken,
    baseURL: `${simulator.url}/anthropic`,
    defaultHeaders: { ...credentialsOf(simulator), ...(plan === undefined ? {} : { 'X-Simulator': plan }) },
    maxRetries: 0,
  });
}
