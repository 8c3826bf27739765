import { HOUR_MS } from '../shared/calendar.js';

/** When the ledger's thread keeps its file in order: between questions, a piece at a time. */
export interface TidyTimes {
  /** Tidies now; `onDone` is called when nothing is left to do, or it can't be done now. */
  now(onDone: () => void): void;
  stop(): void;
}

/** A proxy that has just started has better things to do. */
const FIRST_MS = 10_000;
const EVERY_MS = HOUR_MS;

/** `step` does one piece and says whether more is to be done; it may throw. */
export function createTidyTimes(step: () => boolean): TidyTimes {
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let piece: NodeJS.Immediate | undefined;

  function goOn(): void {
    piece = undefined;
    if (hasMore()) {
      // Questions that came meanwhile go first.
      piece = setImmediate(goOn);
      return;
    }
    const done = waiting;
    waiting = [];
    for (const tell of done) tell();
    clearTimeout(timer);
    timer = setTimeout(goOn, EVERY_MS);
  }

  /** A full disk or another program's lock: what was not done now is done an hour later. */
  function hasMore(): boolean {
    try {
      return step();
    } catch {
      return false;
    }
  }

  timer = setTimeout(goOn, FIRST_MS);
  return {
    now(onDone) {
      waiting.push(onDone);
      piece ??= setImmediate(goOn);
    },
    stop() {
      clearTimeout(timer);
      clearImmediate(piece);
    },
  };
}
