import { setTimeout as delay } from 'node:timers/promises';
import { askStatus } from '../engine/proxy-status.js';
import { findRunning, type RunningMeshbar } from '../engine/run-file.js';
import { openReader } from '../ledger/reader.js';
import { createKeys, type Keys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import { DAY_MS } from '../shared/calendar.js';
import { toMeshbarError } from '../shared/errors.js';
import { EMPTY_TOTALS } from '../shared/totals.js';
import type { UsageGroup, UsageTotals } from '../shared/usage.js';
import { makeKey } from '../tools/make-key.js';
import type { Statement } from '../words/index.js';
import type { ProxyOptions } from './proxy-options.js';
import { startProxy } from './start-proxy.js';

/** The proxy that a command is run with. */
export interface SessionProxy {
  readonly url: string;
  /** A secret. */
  readonly localKey: string;
  readonly remarks: readonly string[];
  /**
   * Ends it, if it is ours, after at most `graceMs` for requests in flight, and revokes the key; gives what this command
   * has used.
   */
  end(graceMs: number): Promise<{ totals: UsageTotals; models: readonly UsageGroup[] }>;
  /** Cuts the requests still in flight. */
  cut(): void;
}

/** A proxy writes its records within a second; one that is busy with other tools' requests can't say that it has. */
const RECORDS_MS = 1500;
const LOOK_MS = 50;
/**
 * A command's key is revoked when it ends; this is for one that is killed. Not a temporary key: that would end with a
 * restart of the proxy, and after a day, when many a tool is still open.
 */
const KEY_MS = 30 * DAY_MS;

/** Resolves when the proxy has written its records, or must have. */
async function recorded(running: RunningMeshbar): Promise<void> {
  const until = performance.now() + RECORDS_MS;
  while (performance.now() < until) {
    const status = await askStatus(running);
    if (status && status.inFlight + (status.unrecorded ?? 1) === 0) return;
    await delay(LOOK_MS);
  }
}

/** A key for one command, `name` such as "claude". */
async function keyForRun(keys: Keys, name: string) {
  const label = `run ${name}`.replace(/\p{C}/gu, '').slice(0, 50);
  const { key, info } = await makeKey(keys, label, { expiresAt: Date.now() + KEY_MS });
  return { localKey: key, keyId: info.id, revoke: () => keys.revoke(info.id) };
}

/**
 * The running proxy where there is one and nothing asked for another project, port or service; else one of our own on a
 * free port, which other commands don't find. Rejects with MeshbarError.
 */
export async function openSessionProxy(
  name: string,
  options: ProxyOptions,
  onProblem: (problem: Statement) => void,
): Promise<SessionProxy> {
  const paths = meshbarPaths();
  const report = (error: unknown) => onProblem(toMeshbarError(error).facts);
  const asksForAnother = options.demo || options.portIsGiven || options.apiUrl || options.tokenFromEnv;
  const running = asksForAnother ? undefined : await findRunning(paths);
  if (running && (options.projectId === undefined || options.projectId === running.projectId)) {
    const { localKey, keyId, revoke } = await keyForRun(createKeys({ path: paths.keys, onProblem }), name);
    return {
      url: running.url,
      localKey,
      remarks: [],
      async end() {
        await revoke().catch(report);
        await recorded(running);
        const reader = openReader(paths.ledger);
        const totals = reader?.totals({ keyId }) ?? EMPTY_TOTALS;
        const models = reader?.breakdown({ keyId, by: 'model' }) ?? [];
        reader?.close();
        return { totals, models };
      },
      cut() {},
    };
  }
  const ledgerWorker = new URL('./ledger-worker.js', import.meta.url);
  const { engine, proxy, usage, demo, remarks } = await startProxy(options, {
    onProblem,
    ledgerWorker,
    announce: false,
  });
  // Nothing of a demo is kept, so its one key will do.
  const own = demo ? undefined : await keyForRun(engine.keys, name).catch(report);
  return {
    url: proxy.url,
    localKey: own?.localKey ?? proxy.localKey,
    remarks,
    async end(graceMs) {
      await engine.stop({ graceMs });
      await own?.revoke().catch(report);
      await engine.ledger.flush();
      await engine.close();
      await demo?.close();
      return usage;
    },
    cut: () => void engine.stop({ graceMs: 0 }),
  };
}
