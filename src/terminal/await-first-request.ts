import { setTimeout as delay } from 'node:timers/promises';
import { openReader } from '../ledger/reader.js';
import { FIRST_REQUEST_WAIT_MS, firstSince } from '../shared/first-request.js';
import { modelOf } from '../shared/totals.js';

const LOOK_EVERY_MS = 300;
const LOOKED_AT = 100;

export interface FirstSeen {
  readonly tool: string;
  readonly model: string | undefined;
}

export interface FirstRequestOptions {
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * The first exchange in the ledger since then, from that tool where one is named: the proxy is another process, and the
 * ledger is what both can see. Undefined where none came in time, or before `signal` aborted.
 */
export async function awaitFirstRequest(
  ledger: string,
  since: number,
  tool: string | undefined,
  { waitMs = FIRST_REQUEST_WAIT_MS, signal }: FirstRequestOptions = {},
): Promise<FirstSeen | undefined> {
  const deadline = Date.now() + waitMs;
  while (Date.now() < deadline && !signal?.aborted) {
    const reader = openReader(ledger);
    const exchanges = reader?.latest({ since, limit: LOOKED_AT }).toReversed() ?? [];
    reader?.close();
    const first = firstSince(exchanges, since, tool);
    if (first) {
      const model = modelOf(first);
      return { tool: first.tool, model: model === 'unknown' ? undefined : model };
    }
    // It rejects only when it is aborted.
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
  return undefined;
}
