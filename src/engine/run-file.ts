import { mkdir, readFile, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { portOwner } from '../proxy/port-owner.js';
import { DEFAULT_CONFIG } from '../settings/config.js';
import type { MeshbarPaths } from '../settings/paths.js';

/** What a running proxy leaves for other processes of the same user. */

export interface RunningMeshbar {
  readonly pid: number;
  readonly version: string;
  readonly url: string;
  readonly projectId: string;
  /** A secret. */
  readonly localKey: string;
  readonly startedAt: number;
}

/** It holds the local key, so only its owner may read it. */
export async function writeRunFile(paths: MeshbarPaths, running: RunningMeshbar): Promise<void> {
  await mkdir(paths.home, { recursive: true, mode: 0o700 });
  await writeFileAtomic(paths.runFile, `${JSON.stringify(running)}\n`, { mode: 0o600 });
}

/** Takes away what this process wrote: another proxy may have written its own there since. */
export async function removeRunFile(paths: MeshbarPaths): Promise<void> {
  try {
    const { pid } = JSON.parse(await readFile(paths.runFile, 'utf8')) as { pid?: unknown };
    if (pid === process.pid) await rm(paths.runFile, { force: true });
  } catch {
    // Gone or unreadable: nobody takes it for a running proxy.
  }
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
  return (await portOwner(DEFAULT_CONFIG.host, DEFAULT_CONFIG.port)) !== undefined;
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
