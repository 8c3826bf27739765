import { redact } from '../../files/secrets.js';
import type { AppNotice } from '../../shared/ipc.js';
import { type Statement, textOf } from '../../words/index.js';
import type { Signal } from '../signal.js';
import type { SharedState } from '../state/app-state.js';
import { type Lifetime, noticeLifetimeOf } from './lifetimes.js';

/** Beyond this the oldest are forgotten: the log has them all. */
const KEPT = 20;

export interface NoticeList {
  /** Newest first. */
  readonly list: readonly AppNotice[];
  /** What is there already moves to the top. Ends those it is the end of; is none itself where the status says it. */
  add(statement: Statement): void;
  dismiss(id: number): void;
  /** Ends those that are over in this state. */
  review(now: SharedState): void;
}

interface Kept extends AppNotice {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly lifetime: Lifetime;
  /** The state in which it was first seen. */
  first?: SharedState;
}

/** What a person should know, has not dismissed, and is not over; lives as long as the app. */
export function createNotices(onChange: () => void, now: () => number = Date.now): NoticeList {
  let list: readonly Kept[] = [];
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  function set(next: readonly Kept[]): void {
    const isSame = next.length === list.length && next.every((one, at) => one === list[at]);
    list = next;
    wakeAtNextEnd();
    if (!isSame) onChange();
  }

  function wakeAtNextEnd(): void {
    clearTimeout(timer);
    const ends = list.map(endOf).filter((at) => at !== undefined);
    if (ends.length === 0) return;
    const isOver = (one: Kept) => (endOf(one) ?? Number.POSITIVE_INFINITY) <= now();
    timer = setTimeout(() => set(list.filter((one) => !isOver(one))), Math.max(0, Math.min(...ends) - now())).unref();
  }

  return {
    get list() {
      return list.map(({ id, at, text }) => ({ id, at, text }));
    },
    add(statement) {
      const name = nameOf(statement);
      const lifetime = noticeLifetimeOf(statement);
      const text = redact(textOf(statement, 'app'));
      const others = list.filter((one) => one.text !== text && !endedBy(one.lifetime, name));
      if (lifetime === 'state' || lifetime === 'news') {
        set(others);
        return;
      }
      lastId += 1;
      const values = 'key' in statement ? (statement.values ?? {}) : statement.data;
      set([{ id: lastId, at: now(), text, name, values, lifetime }, ...others].slice(0, KEPT));
    },
    dismiss(id) {
      set(list.filter((notice) => notice.id !== id));
    },
    review(state) {
      set(
        list.filter((notice) => {
          notice.first ??= state;
          const { lifetime, first, values } = notice;
          return typeof lifetime === 'string' || !lifetime.when?.(state, first, values);
        }),
      );
    },
  };
}

/** Has notices end with what they are about. */
export function registerNotices({
  notices,
  state,
  changes,
}: {
  readonly notices: NoticeList;
  readonly state: () => SharedState;
  readonly changes: Pick<Signal, 'on'>;
}): void {
  changes.on(() => notices.review(state()));
  notices.review(state());
}

function nameOf(statement: Statement): string {
  return 'key' in statement ? statement.key : statement.code;
}

function endedBy(lifetime: Lifetime, name: string): boolean {
  return typeof lifetime === 'object' && (lifetime.by as readonly string[] | undefined)?.includes(name) === true;
}

/** When it is over by itself, Unix milliseconds. */
function endOf({ at, lifetime }: Kept): number | undefined {
  return typeof lifetime === 'object' && lifetime.afterMs !== undefined ? at + lifetime.afterMs : undefined;
}
