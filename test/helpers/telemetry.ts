import { onTestFinished } from 'vitest';
import type { ProxyConfig } from '../../src/core/config.js';
import type { Core } from '../../src/core/core-api.js';
import type { OtlpTarget } from '../../src/core/telemetry/otlp-target.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { createTestCore } from './start-core.js';
import { LOCAL_KEY } from './start-proxy.js';

/** An engine with the simulator behind it, which has never seen the local key. */
export async function simulated(
  config: Partial<ProxyConfig>,
): Promise<{ core: Core; simulator: RunningSimulator; problems: string[] }> {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  simulator.forbid(LOCAL_KEY);
  const { core, problems } = await createTestCore(simulator, { projectId: simulator.projectId, ...config }, undefined, {
    MESHAGENT_TOKEN: simulator.upstreamToken,
  });
  return { core, simulator, problems };
}

export function targetOf({ url }: { readonly url: string }): OtlpTarget {
  return { metricsUrl: `${url}/v1/metrics`, tracesUrl: `${url}/v1/traces` };
}
