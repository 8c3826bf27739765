import { setTimeout as delay } from 'node:timers/promises';
import { meshbarPaths } from '../core/config.js';
import { openReader } from '../core/ledger/reader.js';
import { EMPTY_TOTALS } from '../core/ledger/snapshot.js';
import { findRunning } from '../core/run-file.js';
import type { UsageGroup, UsageTotals } from '../shared/usage.js';
import type { ProxyOptions } from './proxy-options.js';
import { startProxy } from './start-proxy.js';

/** The proxy that a command is run with. */
export interface SessionProxy {
  readonly url: string;
  /** A secret. */
  readonly localKey: string;
  /** Whether it is one that runs anyway: other clients' requests are then among its figures. */
  readonly isShared: boolean;
  readonly remarks: readonly string[];
  /** Ends it, if it is ours, with requests in flight given `graceMs`; gives what has passed since it was opened. */
  end(graceMs: number): Promise<{ totals: UsageTotals; models: readonly UsageGroup[] }>;
  /** Cuts what still drains. */
  cut(): void;
}

/** A proxy writes its records within a second. */
const RECORDS_MS = 1500;

/**
 * The running proxy where there is one and nothing asked for another project, port or service; else one of our own on a
 * free port, of which no other command is told. Rejects with MeshbarError.
 */
export async function openSessionProxy(
  options: ProxyOptions,
  onProblem: (message: string) => void,
): Promise<SessionProxy> {
  const paths = meshbarPaths();
  const asksForAnother = options.demo || options.portIsGiven || options.apiUrl || options.tokenFromEnv;
  const running = asksForAnother ? undefined : await findRunning(paths);
  if (running && (options.projectId === undefined || options.projectId === running.projectId)) {
    const since = Date.now();
    return {
      ...running,
      isShared: true,
      remarks: [],
      async end() {
        await delay(RECORDS_MS);
        const reader = openReader(paths.ledger);
        const totals = reader?.totals({ since }) ?? EMPTY_TOTALS;
        const models = reader?.breakdown({ since, by: 'model' }) ?? [];
        reader?.close();
        return { totals, models };
      },
      cut() {},
    };
  }
  const ledgerWorker = new URL('./ledger-worker.js', import.meta.url);
  const { core, proxy, usage, demo, remarks } = await startProxy(options, { onProblem, ledgerWorker, announce: false });
  return {
    url: proxy.url,
    localKey: proxy.localKey,
    isShared: false,
    remarks,
    async end(graceMs) {
      await core.stop({ graceMs });
      await core.ledger.flush();
      await core.close();
      await demo?.close();
      return usage;
    },
    cut: () => void core.stop({ graceMs: 0 }),
  };
}
