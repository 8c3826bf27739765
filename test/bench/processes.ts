import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the processes of an app use, as Linux counts it. */

/** Milliseconds of processor time of each thread, by its id. */
type Busy = ReadonlyMap<string, number>;

const SECOND_MS = 1000;
const PATIENCE_MS = 120_000;

/** Processor time of all processes that one has begun, itself included, in each of so many seconds; milliseconds each. */
export async function busySeconds(pid: number, seconds: number): Promise<number[]> {
  const used: number[] = [];
  let last = busyOf(pid);
  let at = performance.now();
  while (used.length < seconds) {
    await sleep(SECOND_MS);
    const now = busyOf(pid);
    const spentMs = performance.now() - at;
    used.push((between(last, now) / spentMs) * SECOND_MS);
    last = now;
    at += spentMs;
  }
  return used;
}

/** Resolves when an app has used less than one percent of a processor in each of so many seconds in a row. */
export async function quietFor(pid: number, seconds: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < seconds; ) {
    if (performance.now() > deadline) throw new Error('Waited in vain: an app that has come to rest.');
    const [used = 0] = await busySeconds(pid, 1);
    quiet = used < SECOND_MS / 100 ? quiet + 1 : 0;
  }
}

/** Resident memory of all its processes but the zygotes, which only wait to become one; what is shared counts for each. */
export function memoryMiB(pid: number): number {
  return processesOf(pid)
    .filter((one) => !read(`/proc/${one}/cmdline`).includes('--type=zygote'))
    .map((one) => Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${one}/status`))?.[1] ?? 0) / 1024)
    .reduce((sum, one) => sum + one, 0);
}

function busyOf(pid: number): Busy {
  const threads = processesOf(pid).flatMap((one) => threadsOf(one).map((thread) => `/proc/${one}/task/${thread}`));
  return new Map(threads.map((thread) => [thread, Number(read(`${thread}/schedstat`).split(' ')[0]) / 1e6]));
}

/** What a thread that ended meanwhile did last is not known. */
function between(before: Busy, after: Busy): number {
  let sum = 0;
  for (const [thread, ms] of after) sum += Math.max(ms - (before.get(thread) ?? 0), 0);
  return sum;
}

function processesOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' '));
  return [pid, ...children.filter(Boolean).flatMap((child) => processesOf(Number(child)))];
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty for a process or thread that has just gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
