import { firstSince } from '../../shared/first-request.js';
import type { AppState, ConnectedTool, Copyable } from '../../shared/ipc.js';
import type { ActiveExchange, PricedExchange } from '../../shared/usage.js';

export interface FirstRequestWatch {
  readonly waiting: AppState['waiting'];
  readonly firstSeen: AppState['firstSeen'];
  /** Something was copied: the next exchange to begin is the first. */
  copied(what: Copyable): void;
  /** A tool was connected: its next exchange is the first; `meterName` undefined: it can't be told from others. */
  connected(what: ConnectedTool, meterName: string | undefined): void;
  /** Nothing is waited for any more. */
  forget(): void;
  /** To be told of all that is active whenever that changes; `active` is called only while something is waited for. */
  onActive(active: () => readonly ActiveExchange[]): void;
  onEnded(records: readonly PricedExchange[]): void;
}

/**
 * Whether what was copied works: it does when an exchange comes, and then whose it is. Exchanges that had begun before
 * the copy say nothing.
 */
export function createFirstRequest(onChange: () => void, now: () => number = Date.now): FirstRequestWatch {
  let waiting: AppState['waiting'];
  let firstSeen: AppState['firstSeen'];
  /** The one tool that is waited for, as the meter names it. */
  let awaited: string | undefined;
  /** The exchange that came first, as long as its model is not known. */
  let unnamed: string | undefined;

  function seen(id: string, tool: string, at: number, model: string | undefined, isOver: boolean): void {
    waiting = undefined;
    unnamed = model === undefined && !isOver ? id : undefined;
    firstSeen = { tool, model, at };
    onChange();
  }

  function wait(what: Copyable | ConnectedTool, tool: string | undefined): void {
    waiting = { what, since: now() };
    awaited = tool;
    firstSeen = undefined;
    unnamed = undefined;
    onChange();
  }

  return {
    get waiting() {
      return waiting;
    },
    get firstSeen() {
      return firstSeen;
    },
    copied: (what) => wait(what, undefined),
    connected: wait,
    forget() {
      waiting = undefined;
      onChange();
    },
    onActive(active) {
      if (!waiting && unnamed === undefined) return;
      const exchanges = active();
      if (waiting) {
        const first = firstSince(exchanges, waiting.since, awaited);
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
