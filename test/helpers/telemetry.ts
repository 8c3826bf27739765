import { onTestFinished } from 'vitest';
import type { Engine } from '../../src/engine/types.js';
import type { ProxyConfig } from '../../src/settings/config.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import type { OtlpTarget } from '../../src/telemetry/otlp-target.js';
import { createTestEngine } from './start-engine.js';
import { LOCAL_KEY } from './start-proxy.js';

/** An engine with the simulator behind it, which has never seen the local key. */
export async function simulated(
  config: Partial<ProxyConfig>,
): Promise<{ engine: Engine; simulator: RunningSimulator; problems: string[] }> {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  simulator.forbid(LOCAL_KEY);
  const { engine, problems } = await createTestEngine(
    simulator,
    { projectId: simulator.projectId, ...config },
    undefined,
    {
      MESHAGENT_TOKEN: simulator.upstreamToken,
    },
  );
  return { engine, simulator, problems };
}

export function targetOf({ url }: { readonly url: string }): OtlpTarget {
  return { metricsUrl: `${url}/v1/metrics`, tracesUrl: `${url}/v1/traces` };
}
