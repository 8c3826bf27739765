import type { ActiveExchange } from '../../shared/usage.js';

/** An exchange without a record yet. */
export interface UnderWay {
  readonly exchange: ActiveExchange;
  /** Unix milliseconds; undefined while it runs. */
  readonly endedAt: number | undefined;
}

/** A record comes with the ledger's next batch after an exchange has ended; one that takes longer than this won't come. */
const RECORD_DUE_MS = 3000;

/**
 * Running exchanges, and those that have ended but have no record yet: without these a row would vanish until the ledger
 * has written it, and come back.
 */
export class UnderWayList {
  private running = new Map<string, ActiveExchange>();
  private readonly ended = new Map<string, UnderWay>();

  /** Takes what is running at `now`, and which ids have records. Gives the latest first. */
  update(active: readonly ActiveExchange[], isRecorded: (id: string) => boolean, now: number): UnderWay[] {
    const running = new Map(active.map((exchange) => [exchange.id, exchange]));
    for (const [id, exchange] of this.running) {
      if (!running.has(id)) this.ended.set(id, { exchange, endedAt: now });
    }
    this.running = running;
    for (const [id, { endedAt = now }] of this.ended) {
      if (isRecorded(id) || now - endedAt > RECORD_DUE_MS) this.ended.delete(id);
    }
    const all: UnderWay[] = [...this.ended.values(), ...active.map((exchange) => ({ exchange, endedAt: undefined }))];
    return all.sort((a, b) => b.exchange.startedAt - a.exchange.startedAt || (a.exchange.id < b.exchange.id ? 1 : -1));
  }
}
