import { afterAll, beforeAll } from 'vitest';
import { createSimulator, type RunningSimulator, type SimulatorOptions } from '../../src/simulator/index.js';

/** A simulator for the tests of one file. */
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
  return { simulator, credentials: () => credentialsOf(simulator()) };
}

/** Fields that the service demands of every forwarded request. */
export function credentialsOf(simulator: RunningSimulator): { Authorization: string; 'Meshagent-Project-Id': string } {
  return { Authorization: `Bearer ${simulator.upstreamToken}`, 'Meshagent-Project-Id': simulator.projectId };
}
