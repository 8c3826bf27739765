import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunningProxy } from '../../engine/types.js';
import type { ProxyConfig } from '../../settings/config.js';
import { type MeshbarPaths, meshbarPaths } from '../../settings/paths.js';

/** A machine without MeshAgent: the simulator behind the proxy, a ledger that is thrown away, traffic of its own. */
export interface Demo {
  readonly paths: MeshbarPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly config: Partial<ProxyConfig>;
  /** Sends traffic through the proxy. */
  begin(proxy: RunningProxy): void;
  /** Ends the traffic, requests under way included: nobody waits for them. */
  end(): void;
  close(): Promise<void>;
}

export async function startDemo(): Promise<Demo> {
  const { createSimulator, runDemoTraffic } = await import('../index.js');
  const simulator = await createSimulator().start();
  const home = mkdtempSync(path.join(os.tmpdir(), 'meshbar-demo-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  let stopTraffic: (() => void) | undefined;
  return {
    paths: meshbarPaths({ MESHBAR_HOME: home }),
    env: { ...process.env, MESHAGENT_TOKEN: simulator.upstreamToken, MESHAGENT_PROJECT_ID: simulator.projectId },
    config: { apiUrl: simulator.url, projectId: undefined, tokenFromEnv: undefined },
    begin(proxy) {
      stopTraffic = runDemoTraffic(proxy.url, proxy.localKey);
    },
    end() {
      stopTraffic?.();
    },
    async close() {
      stopTraffic?.();
      await simulator.stop();
    },
  };
}
