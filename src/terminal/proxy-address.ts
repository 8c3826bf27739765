import { findRunning, isDefaultPortAnothers, type RunningMeshbar } from '../engine/run-file.js';
import { createSession } from '../session/create-session.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import { meshbarPaths } from '../settings/paths.js';
import { proxyUrl } from '../shared/proxy-url.js';
import { printProblem } from './output.js';

export interface AddressNow {
  readonly url: string;
  /** A secret. */
  readonly localKey: string;
  readonly running: RunningMeshbar | undefined;
}

/** Where the running proxy listens, else where one with default settings will. */
export async function addressNow(): Promise<AddressNow> {
  const running = await findRunning(meshbarPaths());
  if (running) return { url: running.url, localKey: running.localKey, running };
  const session = createSession({ config: DEFAULT_CONFIG });
  const { key } = await session.localKey().finally(() => session.close());
  return { url: proxyUrl(DEFAULT_CONFIG.host, DEFAULT_CONFIG.port), localKey: key, running };
}

/** Tells of a stranger on the port that Meshbar will want. */
export async function warnOfAnother(): Promise<void> {
  if (await isDefaultPortAnothers()) {
    printProblem(
      `another Meshbar (a demo, or one with another MESHBAR_HOME) has port ${DEFAULT_CONFIG.port}; it prints its own.`,
    );
  }
}
