import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll } from 'vitest';
import { createSimulator, type RunningSimulator, type SimulatorOptions } from '../../src/simulator/index.js';

/** A simulator for the tests of one file, and both official SDKs pointed straight at it. */
export function simulated(options: SimulatorOptions = {}) {
  const held: { simulator?: RunningSimulator } = {};
  beforeAll(async () => {
    held.simulator = await createSimulator(options).start();
  });
  afterAll(() => held.simulator?.stop());
  const simulator = (): RunningSimulator => {
    if (!held.simulator) throw new Error('Not started yet.');
    return held.simulator;
  };
  const project = () => ({ 'Meshagent-Project-Id': simulator().projectId });
  return {
    simulator,
    /** Fields that the service demands of every forwarded request. */
    credentials: () => ({ Authorization: `Bearer ${simulator().upstreamToken}`, ...project() }),
    /** `plan` is what X-Simulator says. */
    openai: (plan?: string) =>
      new OpenAI({
        apiKey: simulator().upstreamToken,
        baseURL: `${simulator().url}/openai/v1`,
        defaultHeaders: { ...project(), ...(plan === undefined ? {} : { 'X-Simulator': plan }) },
        maxRetries: 0,
      }),
    anthropic: (plan?: string) =>
      new Anthropic({
        apiKey: null,
        authToken: simulator().upstreamToken,
        baseURL: `${simulator().url}/anthropic`,
        defaultHeaders: { ...project(), ...(plan === undefined ? {} : { 'X-Simulator': plan }) },
        maxRetries: 0,
      }),
  };
}
