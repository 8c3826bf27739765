import { learnSecret } from '../../files/secrets.js';
import { localDayStart } from '../../shared/calendar.js';
import { MeshbarError } from '../../shared/errors.js';
import type { Answers, KeyView, RequestInput } from '../../shared/ipc.js';
import { EMPTY_TOTALS } from '../../shared/totals.js';
import type { UsagePoint } from '../../shared/usage.js';
import type { AppEngine } from '../engine/app-engine.js';

/** How far back a key's last use is looked for. */
const LOOK_BACK_DAYS = 90;

export interface NamedKeys {
  list(): Promise<readonly KeyView[]>;
  /** The new key is kept for copying until it is put away or the next one is made. */
  create(wanted: RequestInput<'keys:create'>): Promise<Answers['keys:create']>;
  /** Rejects with key_unknown where it is not the one that was made last. */
  copyNew(id: string): Promise<void>;
  putAway(): void;
}

/** Named keys as the app shows them. `copySecret` puts a key on the clipboard. */
export function createNamedKeys(engine: AppEngine, copySecret: (key: string) => Promise<void>): NamedKeys {
  let fresh: { readonly id: string; readonly key: string } | undefined;

  /** By key and day: one question for all keys, answered from sums. */
  async function usesByDay(): Promise<readonly UsagePoint[] | undefined> {
    const date = new Date();
    const since = new Date(date.getFullYear(), date.getMonth(), date.getDate() - LOOK_BACK_DAYS).getTime();
    return engine.current.ledger.series({ since, by: 'key', bucketMs: 'day' }).catch(() => undefined);
  }

  return {
    async list() {
      const keys = (await engine.current.keys.list()).filter(({ standing }) => standing === 'active');
      if (keys.length === 0) return [];
      const today = localDayStart(Date.now());
      const uses = await usesByDay();
      if (!uses) return keys;
      // Oldest first: the last day of each key stays.
      const last = new Map(uses.map((point) => [point.key, point]));
      return keys.map((key): KeyView => {
        const point = last.get(key.id);
        return { ...key, use: { today: point?.at === today ? point : EMPTY_TOTALS, lastUsedOn: point?.at } };
      });
    },
    async create({ label, limit, expiresAt }) {
      const made = await engine.current.keys.create({
        label,
        ...(limit ? { limit } : {}),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      });
      learnSecret(made.key);
      fresh = { id: made.info.id, key: made.key };
      return made;
    },
    async copyNew(id) {
      if (fresh?.id !== id) throw new MeshbarError('key_unknown');
      await copySecret(fresh.key);
    },
    putAway() {
      fresh = undefined;
    },
  };
}
