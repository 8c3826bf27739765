import { readFile } from 'node:fs/promises';
import { DEFAULT_HOST, DEFAULT_PORT, type MeshbarPaths } from './config.js';
import { portOwner } from './proxy/port-owner.js';

/** Reads what core.ts leaves for other processes of the same user. */

export interface RunningMeshbar {
  readonly pid: number;
  readonly version: string;
  readonly url: string;
  readonly projectId: string;
  /** A secret. */
  readonly localKey: string;
  readonly startedAt: number;
}

/** The proxy that the run file tells of, if it still runs and answers: a killed one leaves its file behind. */
export async function findRunning(paths: MeshbarPaths): Promise<RunningMeshbar | undefined> {
  const running = await readRunFile(paths);
  if (!running) return undefined;
  const { hostname, port } = new URL(running.url);
  return (await portOwner(hostname, Number(port || 80))) ? running : undefined;
}

/** The same, whether it answers or not: its process lives, or another one that got its number since. */
export async function readRunFile(paths: MeshbarPaths): Promise<RunningMeshbar | undefined> {
  const text = await readFile(paths.runFile, 'utf8').catch(() => undefined);
  const running = text === undefined ? undefined : parseRunFile(text);
  return running && isAlive(running.pid) ? running : undefined;
}

/** Whether a Meshbar that is not ours (a demo, another MESHBAR_HOME) has the default port. */
export async function isDefaultPortAnothers(): Promise<boolean> {
  return (await portOwner(DEFAULT_HOST, DEFAULT_PORT)) !== undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseRunFile(text: string): RunningMeshbar | undefined {
  let value: Partial<RunningMeshbar>;
  try {
    value = JSON.parse(text) as Partial<RunningMeshbar>;
  } catch {
    return undefined;
  }
  const { pid, version, url, projectId, localKey, startedAt } = value;
  if (typeof url !== 'string' || !URL.canParse(url) || typeof localKey !== 'string') return undefined;
  if (!Number.isSafeInteger(pid) || Number(pid) <= 0) return undefined;
  return {
    pid: Number(pid),
    version: String(version),
    url,
    projectId: String(projectId),
    localKey,
    startedAt: Number(startedAt),
  };
}
