import { CorporateProxyError } from '../net/corporate-proxy.js';
import type { Message, Statement } from '../words/index.js';
import { say } from '../words/say.js';

/** Knows how one signal fares with its collector, and says it once: when trouble begins, and when it is over. */
export interface ExportHealth {
  /** All of this signal that was lost so far; metrics add up and are sent again, so that they are never lost. */
  readonly lost: number;
  succeeded(): void;
  /** `items` went with it. */
  failed(error: unknown, items: number): void;
  /** There was no room for one more. */
  overflowed(): void;
  /** Says what was lost since trouble began and the `left` that nobody waits for any more; silent from then on. */
  close(left: number): void;
}

/** `url` is told by its host alone, for its path or query may hold a key. */
export function createExportHealth(
  signal: 'metrics' | 'spans',
  url: string,
  onProblem: (problem: Statement) => void,
): ExportHealth {
  const { host } = new URL(url);
  let lost = 0;
  /** What was lost before the trouble of now; undefined while all is well. */
  let lostBefore: number | undefined;
  /** What comes after the last word is not told: nobody waited for it. */
  let isClosed = false;

  function begin(problem: Statement): void {
    if (lostBefore !== undefined || isClosed) return;
    lostBefore = lost;
    onProblem(problem);
  }

  const lostNow = () => lost - (lostBefore ?? lost);

  return {
    get lost() {
      return lost;
    },
    succeeded() {
      if (lostBefore === undefined || isClosed) return;
      const count = lostNow();
      onProblem(
        count > 0
          ? say(`telemetry.${signal}.reachedAgainWithout`, { host, count })
          : say(`telemetry.${signal}.reachedAgain`, { host }),
      );
      lostBefore = undefined;
    },
    failed(error, items) {
      begin(say(`telemetry.${signal}.unreached`, { host, reason: reasonOf(error) }));
      lost += items;
    },
    overflowed() {
      begin(say(`telemetry.${signal}.dropping`, { host }));
      lost += 1;
    },
    close(left) {
      const lostAtLast = lostNow() + left;
      lost += left;
      isClosed = true;
      if (lostAtLast > 0) {
        onProblem(say(`telemetry.${signal}.lost`, { host, count: lostAtLast }));
      }
    },
  };
}

/** A code, never a message: a collector's answer could quote what it was sent. */
function reasonOf(error: unknown): Message | string {
  if (error instanceof CorporateProxyError) {
    const { fault } = error;
    if (fault.why === 'address') return say('telemetry.reason.corporateProxy.address');
    return fault.why === 'status'
      ? say('telemetry.reason.corporateProxy.status', { proxy: fault.proxy, status: fault.status })
      : say('telemetry.reason.corporateProxy.code', { proxy: fault.proxy, reason: fault.reason });
  }
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code === 'number') return say('telemetry.reason.status', { status: code });
  return typeof code === 'string' ? code : say('telemetry.reason.late');
}
