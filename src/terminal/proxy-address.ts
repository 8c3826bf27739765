import { findRunning, isDefaultPortAnothers, type RunningMeshbar } from '../engine/run-file.js';
import { createSession } from '../session/create-session.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { meshbarPaths } from '../settings/paths.js';
import { proxyUrl } from '../shared/proxy-url.js';
import { t } from '../words/index.js';
import { printProblem } from './output.js';

export interface AddressNow {
  readonly url: string;
  /** A secret. */
  readonly localKey: string;
  readonly running: RunningMeshbar | undefined;
}

/** Where the running proxy listens, or where one with default settings would. */
export async function addressNow(): Promise<AddressNow> {
  const running = await findRunning(meshbarPaths());
  if (running) return { url: running.url, localKey: running.localKey, running };
  const session = createSession({ config: DEFAULT_CONFIG });
  const { key } = await session.localKey().finally(() => session.close());
  return { url: proxyUrl(DEFAULT_CONFIG.host, DEFAULT_CONFIG.port), localKey: key, running };
}

/** Says so where another Meshbar is on the port that this one would use. */
export async function warnOfAnother(): Promise<void> {
  if (await isDefaultPortAnothers()) {
    printProblem(t('terminal.proxy.otherHasPort', { port: String(DEFAULT_CONFIG.port) }));
  }
}
