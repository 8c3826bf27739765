import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves with what `condition` gives once that is truthy; rejects after `timeoutMs`, naming what was waited for. It is
 * asked every `everyMs`: seldom where asking is work, such as a request.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  what: string,
  timeoutMs = 5_000,
  everyMs = 10,
): Promise<Exclude<T, false | 0 | '' | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value as Exclude<T, false | 0 | '' | null | undefined>;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
    await sleep(everyMs);
  }
}
