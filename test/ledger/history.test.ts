/** What stays when single records go: every sum, for every period that can be asked for. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Retention } from '../../src/ledger/retention.js';
import { type LedgerStore, openStore } from '../../src/ledger/store.js';
import { localDayEnd, localDayOf, localDayStart } from '../../src/shared/calendar.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';

const quiet = { onSetAside() {}, onProblem() {} };
const QUARTER = 15 * 60_000;
const HOUR = 3_600_000;

function open(file = path.join(tempFolder(), 'ledger.sqlite')): { store: LedgerStore; file: string } {
  const store = openStore(file, quiet);
  onTestFinished(() => store.close());
  return { store, file };
}

function tidy(store: LedgerStore, retention: Retention = {}): void {
  while (store.tidy(retention));
}

const records = (count: number, startedAt: (n: number) => number) =>
  Array.from({ length: count }, (_, n) => exchangeRecord(n, { startedAt: startedAt(n), tool: `tool ${n % 3}` }));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ['Asia/Kathmandu', '2026-06-01', 24],
])('in %s, around %s with its %d hours', (zone, day, hours) => {
  it('records go by whole days of the calendar, and each day’s sums stay', () => {
    vi.stubEnv('TZ', zone);
    const start = localDayStart(new Date(`${day}T12:00:00`).getTime());
    expect(localDayEnd(start) - start).toBe(hours * HOUR);
    vi.useFakeTimers({ now: localDayEnd(localDayEnd(start)) + HOUR, toFake: ['Date'] });
    const { store } = open();
    // Every ten minutes of four days, the last moments of each among them.
    store.append(records(4 * 24 * 6, (n) => start - 24 * HOUR + n * 10 * 60_000 - 1));
    const midnights = [start, localDayEnd(start), localDayEnd(localDayEnd(start))];
    const asked = () => [
      store.totals({}),
      store.breakdown({ by: 'day' }),
      store.breakdown({ by: 'tool' }),
      store.series({ by: 'tool', bucketMs: 'day' }),
      store.series({ by: 'tool', bucketMs: HOUR }),
      ...midnights.map((since) => store.totals({ since })),
      ...midnights.map((until) => store.totals({ until, tool: 'tool 1' })),
      store.totals({ since: start + 5 * QUARTER, until: start + 40 * QUARTER }),
    ];
    const before = asked();
    tidy(store, { maxAgeDays: 1 });
    // One day before today is kept, and today.
    const oldest = store.latest({ limit: 10_000 }).at(-1)?.startedAt ?? 0;
    expect(oldest).toBeGreaterThanOrEqual(localDayEnd(start));
    expect(localDayOf(oldest)).toBe(localDayOf(localDayEnd(start)));
    expect(asked()).toEqual(before);
    // The next round has the same file before it.
    tidy(store, { maxAgeDays: 1 });
    expect(asked()).toEqual(before);
  });
});

describe('where single records are gone', () => {
  const START = Date.parse('2026-05-01T00:00:00Z');

  function pruned() {
    vi.stubEnv('TZ', 'UTC');
    const { store, file } = open();
    store.append(records(3000, (n) => START + n * 60_000));
    vi.useFakeTimers({ now: START + 30 * 24 * HOUR, toFake: ['Date'] });
    tidy(store, { maxAgeDays: 7 });
    return { store, file };
  }

  it('a period begins and ends with a quarter of an hour, and periods that follow each other add up', () => {
    const { store } = pruned();
    expect(store.latest({ limit: 5 })).toEqual([]);
    const cut = START + 20 * HOUR + 7 * 60_000;
    const [first, second] = [store.totals({ until: cut }), store.totals({ since: cut })];
    expect(first.exchanges).toBe(20 * 60);
    expect(first.exchanges + second.exchanges).toBe(3000);
    expect(store.totals({ since: START + 2 * 60_000, until: START + 9 * 60_000 }).exchanges).toBe(0);
  });

  it('a record that comes late is counted, and goes in its turn', () => {
    const { store } = pruned();
    store.append([exchangeRecord(9999, { startedAt: START + 60_000 })]);
    expect(store.totals({}).exchanges).toBe(3001);
    expect(store.breakdown({ by: 'day' }).map(({ exchanges }) => exchanges)).toEqual([1441, 1440, 120]);
    tidy(store, { maxAgeDays: 7 });
    expect(store.latest({ limit: 5 })).toEqual([]);
    expect(store.totals({}).exchanges).toBe(3001);
  });
});

describe('a ledger that is too large', () => {
  it('loses its oldest records, gives the room back, and keeps its sums', () => {
    const { store, file } = open();
    for (let n = 0; n < 6000; n += 1000) {
      store.append(
        records(1000, (i) => 1_790_000_000_000 + (n + i) * 60_000).map((record, i) => ({
          ...record,
          id: `ex_${n + i}`,
        })),
      );
    }
    const before = [store.totals({}), store.breakdown({ by: 'day' })];
    const newest = store.latest({ limit: 1 });
    tidy(store, {});
    expect(store.latest({ limit: 10_000 })).toHaveLength(6000);
    tidy(store, { maxBytes: 3_000_000 });
    const kept = store.latest({ limit: 10_000 });
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThan(5000);
    expect(kept[0]).toEqual(newest[0]);
    expect([store.totals({}), store.breakdown({ by: 'day' })]).toEqual(before);
    const db = new DatabaseSync(file);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    expect(statSync(file).size).toBeLessThan(4_200_000);
  });

  it('begun before room could be given back, is written again', () => {
    const file = path.join(tempFolder(), 'ledger.sqlite');
    const store = openStore(file, quiet);
    store.append(records(4000, (n) => 1_790_000_000_000 + n * 60_000));
    store.close();
    const old = new DatabaseSync(file);
    old.exec('PRAGMA auto_vacuum = NONE; VACUUM');
    old.close();
    const size = statSync(file).size;
    const again = open(file).store;
    tidy(again, { maxBytes: 1_000_000 });
    expect(again.totals({}).exchanges).toBe(4000);
    const db = new DatabaseSync(file);
    expect(db.prepare('PRAGMA auto_vacuum').get()).toEqual({ auto_vacuum: 2 });
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    expect(statSync(file).size).toBeLessThan(size / 2);
  });
});
