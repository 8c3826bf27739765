import OpenAI from 'openai';
import type { RunningSimulator } from '../../src/simulator/index.js';
import { credentialsOf } from './simulated.js';

/** The official SDK, pointed straight at the simulator. `plan` is what X-Simulator says. */
export function openaiClient(simulator: RunningSimulator, plan?: string): OpenAI {
  return new OpenAI({
    apiKey: simulator.upstreamToken,
    baseURL: `${simulator.url}/openai/v1`,
    defaultHeaders: { ...credentialsOf(simulator), ...(plan === undefined ? {} : { 'X-Simulator': plan }) },
    maxRetries: 0,
  });
}
