import type { Notice } from '../../shared/ipc.js';

/** Beyond this the oldest are forgotten: the log has them all. */
const KEPT = 20;

export interface Notices {
  /** Newest first. */
  readonly list: readonly Notice[];
  /** What stands there already is told anew, not twice. */
  add(text: string): void;
  dismiss(id: number): void;
}

/** What a person should know and has not dismissed yet; lives as long as the app. */
export function createNotices(onChange: () => void, now: () => number = Date.now): Notices {
  let list: readonly Notice[] = [];
  let lastId = 0;
  return {
    get list() {
      return list;
    },
    add(text) {
      lastId += 1;
      list = [{ id: lastId, at: now(), text }, ...list.filter((notice) => notice.text !== text)].slice(0, KEPT);
      onChange();
    },
    dismiss(id) {
      if (!list.some((notice) => notice.id === id)) return;
      list = list.filter((notice) => notice.id !== id);
      onChange();
    },
  };
}
