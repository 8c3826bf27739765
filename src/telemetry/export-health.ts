import { CorporateProxyError } from '../net/tunnel.js';

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

/** `signal` begins a sentence ("Spans"); `url` is told by its host alone, for its path or query may hold a key. */
export function createExportHealth(signal: string, url: string, onProblem: (message: string) => void): ExportHealth {
  const { host } = new URL(url);
  let lost = 0;
  /** What was lost before the trouble of now; undefined while all is well. */
  let lostBefore: number | undefined;
  /** What comes after the last word is not told: nobody waited for it. */
  let isClosed = false;

  function begin(message: string): void {
    if (lostBefore !== undefined || isClosed) return;
    lostBefore = lost;
    onProblem(message);
  }

  const lostNow = () => lost - (lostBefore ?? lost);

  return {
    get lost() {
      return lost;
    },
    succeeded() {
      if (lostBefore === undefined || isClosed) return;
      const what = lostNow() > 0 ? `; ${lostNow()} were lost` : '';
      onProblem(`${signal} reach the OTLP collector at ${host} again${what}.`);
      lostBefore = undefined;
    },
    failed(error, items) {
      begin(`${signal} don't reach the OTLP collector at ${host} (${reasonOf(error)}). Exchanges pass all the same.`);
      lost += items;
    },
    overflowed() {
      begin(`The OTLP collector at ${host} does not keep up: ${signal.toLowerCase()} are being dropped.`);
      lost += 1;
    },
    close(left) {
      const lostAtLast = lostNow() + left;
      lost += left;
      isClosed = true;
      if (lostAtLast > 0) onProblem(`${signal} that the OTLP collector at ${host} did not take: ${lostAtLast}.`);
    },
  };
}

/** A code, never a message: a collector's answer could quote what it was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof CorporateProxyError) return `the corporate proxy ${error.message}`;
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code === 'number') return `status ${code}`;
  return typeof code === 'string' ? code : 'no proper answer in time';
}
