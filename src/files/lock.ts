import { setTimeout as delay } from 'node:timers/promises';
import lockfile from 'proper-lockfile';

/**
 * A lock is renewed while it is held, so one that is older than `stale` was left by a process that died. Losing a lock
 * (the machine slept) is no accident: every write checks what it replaces.
 */
const LOCK: lockfile.LockOptions = { realpath: false, stale: 10_000, update: 2_000, onCompromised: () => {} };
const RETRY_MS = 30;

/**
 * Keeps other processes of Meshbar out; gives what lets them in again. Waits up to `timeoutMs` for a lock that somebody
 * holds, then rejects with the code ELOCKED; it waits for nothing else: a full disk does not become free by asking again.
 */
export async function takeLock(file: string, timeoutMs: number): Promise<() => Promise<void>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await lockfile.lock(file, LOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED' || performance.now() > deadline) throw error;
    }
    await delay(Math.random() * RETRY_MS);
  }
}
