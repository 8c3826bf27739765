import { setTimeout as delay } from 'node:timers/promises';
import { openReader } from '../core/ledger/reader.js';
import { modelOf } from '../core/ledger/snapshot.js';
import { FIRST_REQUEST_WAIT_MS, firstSince } from '../shared/first-request.js';

const LOOK_EVERY_MS = 300;
const LOOKED_AT = 100;

export interface FirstSeen {
  readonly tool: string;
  readonly model: string | undefined;
}

/**
 * The first exchange since then that the ledger tells of, from that tool where one is named: the proxy is another
 * process, and its ledger is what it shows. Undefined where none came in time.
 */
export async function awaitFirstRequest(
  ledger: string,
  since: number,
  tool: string | undefined,
  waitMs = FIRST_REQUEST_WAIT_MS,
): Promise<FirstSeen | undefined> {
  for (const deadline = Date.now() + waitMs; Date.now() < deadline; await delay(LOOK_EVERY_MS)) {
    const reader = openReader(ledger);
    const exchanges = reader?.latest({ since, limit: LOOKED_AT }).toReversed() ?? [];
    reader?.close();
    const first = firstSince(exchanges, since, tool);
    if (first) {
      const model = modelOf(first);
      return { tool: first.tool, model: model === 'unknown' ? undefined : model };
    }
  }
  return undefined;
}
