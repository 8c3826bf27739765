import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import { argumentsFor, electronPath, environmentFor, freePort } from './launch.js';

/** What probe.cjs tells. */
interface Told {
  readonly what: string;
  /** Unix milliseconds. */
  readonly at: number;
}

/** An app that runs as people run it, without Playwright beside it. */
export interface AloneApp {
  readonly pid: number;
  /** When its process was begun, Unix milliseconds. */
  readonly startedAt: number;
  /** All so far, oldest first. */
  readonly told: readonly Told[];
  /** The first that tells `what`, now or later, and is not among the `after` oldest. */
  next(what: string, after?: number): Promise<Told>;
  close(): Promise<void>;
}

const PROBE = path.join(import.meta.dirname, 'probe.cjs');
const PATIENCE_MS = 30_000;

export async function startAlone(home: string, appPath?: string): Promise<AloneApp> {
  await mkdir(path.join(home, 'meshbar'), { recursive: true });
  await writeFile(path.join(home, 'meshbar/settings.json'), JSON.stringify({ port: await freePort() }));
  const startedAt = Date.now();
  const child = spawn(electronPath(), ['-r', PROBE, ...argumentsFor(appPath)], {
    env: environmentFor(home),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const told: Told[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"what"')) told.push(JSON.parse(line) as Told);
  });
  return {
    pid: child.pid as number,
    startedAt,
    told,
    async next(what, after = 0) {
      const find = () => told.slice(after).find((one) => one.what === what);
      await expect.poll(() => find() !== undefined, { message: `told: ${what}`, timeout: PATIENCE_MS }).toBe(true);
      return find() as Told;
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
