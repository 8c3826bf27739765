import { HOUR_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import type { Figure } from '../shared/session.js';

/** Keeps what the service said for a while, so that showing it does not mean asking for it. */
export interface FigureCache<T> {
  /**
   * The figure under `key`, asked for if it is older than the cache's age. Where it can't be had now, an older one is
   * given, which shows its age; without one, rejects with what `ask` rejected with. Undefined: not for this user (403).
   */
  get(key: string, ask: () => Promise<T>): Promise<Figure<T> | undefined>;
}

/** A refusal is not asked about again for this long. */
const FORBIDDEN_MS = HOUR_MS;
/** Nor is a service that did not answer. */
const FAILED_MS = 30_000;
const MAX_KEPT = 32;

interface Entry<T> {
  figure: Figure<T> | undefined;
  /** Unix milliseconds. */
  askedAt: number;
  /** Not asked again for this long. */
  restMs: number;
  failure: unknown;
}

export function createFigureCache<T>(ageMs: number, now: () => number): FigureCache<T> {
  const entries = new Map<string, Entry<T>>();
  const asking = new Map<string, Promise<Figure<T> | undefined>>();

  async function askFor(key: string, ask: () => Promise<T>): Promise<Figure<T> | undefined> {
    const before = entries.get(key);
    let entry: Entry<T>;
    try {
      const value = await ask();
      entry = { figure: { value, at: now() }, askedAt: now(), restMs: ageMs, failure: undefined };
    } catch (error) {
      const code = error instanceof MeshbarError ? error.code : undefined;
      // What never reached the service, such as a session that has ended, is over as soon as it is mended.
      if (code !== 'account_forbidden' && code !== 'account_unavailable') {
        if (before?.figure) return before.figure;
        throw error;
      }
      entry =
        code === 'account_forbidden'
          ? { figure: undefined, askedAt: now(), restMs: FORBIDDEN_MS, failure: undefined }
          : { figure: before?.figure, askedAt: now(), restMs: FAILED_MS, failure: error };
    }
    entries.delete(key);
    entries.set(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= MAX_KEPT) break;
      entries.delete(oldest);
    }
    return given(entry);
  }

  function given(entry: Entry<T>): Figure<T> | undefined {
    if (entry.figure === undefined && entry.failure !== undefined) throw entry.failure;
    return entry.figure;
  }

  return {
    async get(key, ask) {
      const entry = entries.get(key);
      // A clock that was set back must not make a figure last for hours.
      const age = entry ? now() - entry.askedAt : 0;
      if (entry && age >= 0 && age < entry.restMs) return given(entry);
      const running = asking.get(key) ?? askFor(key, ask).finally(() => asking.delete(key));
      asking.set(key, running);
      return running;
    },
  };
}
