import type { FailingRequests } from '../../shared/app-status.js';
import type { PricedExchange } from '../../shared/usage.js';

/** So many in a row are no accident. */
const FAILING_COUNT = 3;
/** What failed so long ago says nothing about the next request. */
const FORGET_MS = 10 * 60_000;

/**
 * Say nothing about whether requests pass: the client left, or a request was refused for what is a state of its own (the
 * session, a budget).
 */
const NEUTRAL: ReadonlySet<string> = new Set([
  'client_abort',
  'client_protocol',
  'proxy_stopped',
  'budget_used_up',
  'no_upstream_token',
  'session_expired',
  'session_offline',
  'no_project',
]);

export interface RequestHealth {
  /** undefined: the last request passed, or there was none lately. */
  readonly failing: FailingRequests | undefined;
  /** To be given all records, oldest first. */
  onEnded(records: readonly PricedExchange[]): void;
  /** What failed before has no meaning any more: another proxy, session or project. */
  reset(): void;
  close(): void;
}

/** Whether the last requests failed: three in a row, or each one since the last reset. `onChange`: `failing` is another. */
export function createRequestHealth(onChange: () => void): RequestHealth {
  let streak = 0;
  let hasPassed = false;
  let failing: FailingRequests | undefined;
  let timer: NodeJS.Timeout | undefined;

  function set(next: FailingRequests | undefined): void {
    clearTimeout(timer);
    if (next) timer = setTimeout(reset, FORGET_MS).unref();
    if (next === failing) return;
    failing = next;
    onChange();
  }

  function reset(): void {
    streak = 0;
    hasPassed = false;
    set(undefined);
  }

  return {
    get failing() {
      return failing;
    },
    onEnded(records) {
      let last: PricedExchange | undefined;
      for (const record of records) {
        if (record.errorType !== undefined && NEUTRAL.has(record.errorType)) continue;
        last = record;
        if (record.outcome === 'complete') {
          hasPassed = true;
          streak = 0;
        } else streak += 1;
      }
      if (!last) return;
      const { status, errorType, errorReason: reason } = last;
      const isFailing = streak >= FAILING_COUNT || (streak > 0 && !hasPassed);
      set(isFailing ? { count: streak, status, errorType, reason } : undefined);
    },
    reset,
    close: () => clearTimeout(timer),
  };
}
