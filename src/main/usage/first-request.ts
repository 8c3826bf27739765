import { firstSince } from '../../shared/first-request.js';
import type { AppState, Copyable } from '../../shared/ipc.js';
import type { ActiveExchange, PricedExchange } from '../../shared/usage.js';

export interface FirstRequest {
  readonly waiting: AppState['waiting'];
  readonly firstSeen: AppState['firstSeen'];
  /** Something was copied: the next exchange to begin is the first. */
  copied(what: Copyable): void;
  /** To be told of all that is active whenever that changes; `active` is called only while something is waited for. */
  onActive(active: () => readonly ActiveExchange[]): void;
  onEnded(records: readonly PricedExchange[]): void;
}

/**
 * Whether what was copied works: it does when an exchange comes, and then whose it is. Exchanges that had begun before
 * the copy say nothing.
 */
export function createFirstRequest(onChange: () => void, now: () => number = Date.now): FirstRequest {
  let waiting: AppState['waiting'];
  let firstSeen: AppState['firstSeen'];
  /** The exchange that came first, as long as its model is not known. */
  let unnamed: string | undefined;

  function seen(id: string, tool: string, at: number, model: string | undefined, isOver: boolean): void {
    waiting = undefined;
    unnamed = model === undefined && !isOver ? id : undefined;
    firstSeen = { tool, model, at };
    onChange();
  }

  return {
    get waiting() {
      return waiting;
    },
    get firstSeen() {
      return firstSeen;
    },
    copied(what) {
      waiting = { what, since: now() };
      firstSeen = undefined;
      unnamed = undefined;
      onChange();
    },
    onActive(active) {
      if (!waiting && unnamed === undefined) return;
      const exchanges = active();
      if (waiting) {
        const first = firstSince(exchanges, waiting.since);
        if (first) seen(first.id, first.tool, first.startedAt, first.model, false);
        return;
      }
      const known = exchanges.find(({ id }) => id === unnamed);
      if (known?.model !== undefined) seen(known.id, known.tool, known.startedAt, known.model, false);
    },
    onEnded(records) {
      const record = records.find(({ id }) => id === unnamed);
      if (record) seen(record.id, record.tool, record.startedAt, record.responseModel ?? record.requestModel, true);
    },
  };
}
