import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { migrate, NewerSchemaError, SCHEMA_VERSION } from '../../src/ledger/migrations.js';
import { openStore } from '../../src/ledger/store.js';
import type { MeshbarError } from '../../src/shared/errors.js';
import { englishOf } from '../../src/words/index.js';
import { wordsOf } from '../helpers/error-words.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';

function open(file: string) {
  const setAside: string[] = [];
  const problems: string[] = [];
  const store = openStore(file, {
    onSetAside: (name) => setAside.push(name),
    onProblem: (problem) => problems.push(englishOf(problem)),
  });
  return { store, setAside, problems, count: () => store.totals({}).exchanges };
}

const records = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => exchangeRecord(from + i));
const modeOf = (file: string) => statSync(file).mode & 0o777;

let filled: Buffer | undefined;

/** A file with enough in it that it has pages in the middle: 2,000 exchanges. */
function filledLedger(): string {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  if (filled) writeFileSync(file, filled);
  else {
    const { store } = open(file);
    store.append(records(0, 2000));
    store.close();
    filled = readFileSync(file);
  }
  return file;
}

describe('the ledger’s file', () => {
  it('and what belongs to it can only be read by its owner', () => {
    const home = path.join(tempFolder(), 'a', 'b');
    const file = path.join(home, 'ledger.sqlite');
    const { store } = open(file);
    store.append(records(0, 3));
    expect(readdirSync(home).sort()).toEqual(['ledger.sqlite', 'ledger.sqlite-shm', 'ledger.sqlite-wal']);
    for (const name of readdirSync(home)) expect(modeOf(path.join(home, name))).toBe(0o600);
    expect(modeOf(home)).toBe(0o700);
    store.close();
  });

  it('is closed to others where it was open', () => {
    const file = filledLedger();
    chmodSync(file, 0o644);
    const { store, count } = open(file);
    store.append(records(2000, 2001));
    expect(count()).toBe(2001);
    expect([modeOf(file), modeOf(`${file}-wal`)]).toEqual([0o600, 0o600]);
    store.close();
  });

  it('keeps what was written', () => {
    const { store, count, setAside } = open(filledLedger());
    expect(count()).toBe(2000);
    const [{ cost, standing, ...record } = {}] = store.latest({ limit: 1 });
    expect(record).toEqual(JSON.parse(JSON.stringify(exchangeRecord(1999))));
    expect(standing).toBe('measured');
    expect(cost?.costNanoUsd).toBeGreaterThan(0);
    expect(setAside).toEqual([]);
    store.close();
  });

  it('takes a record once, however often it comes', () => {
    const { store, count } = open(path.join(tempFolder(), 'l.sqlite'));
    store.append([exchangeRecord(1), exchangeRecord(1), exchangeRecord(2)]);
    expect(store.append([exchangeRecord(2), exchangeRecord(3)])).toHaveLength(2);
    expect(count()).toBe(3);
    expect(store.latest({ limit: 9 })).toHaveLength(3);
    store.close();
  });

  it('takes the rest of a batch in which one record makes no sense', () => {
    const { store, count, problems } = open(path.join(tempFolder(), 'l.sqlite'));
    store.append([exchangeRecord(1), exchangeRecord(2, { startedAt: 1.5 }), exchangeRecord(3)]);
    expect(count()).toBe(2);
    expect(problems).toEqual(['1 usage record could not be written: it makes no sense.']);
    store.close();
  });
});

describe('a damaged file', () => {
  it.each<[string, (file: string) => void]>([
    ['garbage', (file) => writeFileSync(file, 'this is not a database, it is a text '.repeat(200))],
    ['zeros', (file) => writeFileSync(file, Buffer.alloc(8192))],
    ['a head that was overwritten', (file) => overwrite(file, 0, Buffer.alloc(100, 0xff))],
    ['a schema that was overwritten', (file) => overwrite(file, 100, Buffer.alloc(3996, 0x5a))],
    ['a file cut in the first page', (file) => truncateSync(file, 2000)],
  ])('is set aside at the start: %s', (_, damage) => {
    const file = filledLedger();
    damage(file);
    const bytes = readFileSync(file);
    const { store, setAside, count } = open(file);
    expect(setAside).toHaveLength(1);
    expect(setAside[0]).toMatch(/ledger\.sqlite\.damaged-2\d{3}-/);
    expect(readFileSync(setAside[0] as string).equals(bytes)).toBe(true);
    store.append(records(0, 5));
    expect(count()).toBe(5);
    store.close();
    expect(open(file).setAside).toEqual([]);
  });

  it.each<[string, (file: string) => void]>([
    ['zeros in the middle', (file) => overwrite(file, 4096 * 5, Buffer.alloc(statSync(file).size - 4096 * 5))],
    ['garbage in the middle', (file) => overwrite(file, 4096 * 2, Buffer.alloc(statSync(file).size - 4096 * 2, 0x41))],
    ['an end that is missing', (file) => truncateSync(file, 4096 * 4)],
  ])('is set aside when a write or a query comes upon it: %s', (_, damage) => {
    for (const first of ['append', 'query'] as const) {
      const file = filledLedger();
      damage(file);
      const { store, setAside } = open(file);
      if (first === 'query') expect(store.latest({ limit: 3000 })).toEqual([]);
      store.append(records(5000, 5010));
      expect(store.latest({ limit: 3000 })).toHaveLength(10);
      expect(store.totals({}).exchanges).toBe(10);
      expect(setAside).toHaveLength(1);
      store.close();
    }
  });

  it('damaged while it is open, is set aside without losing the batch at hand', () => {
    const file = filledLedger();
    const { store, setAside, count } = open(file);
    // Rows of the future, so that the pages are read again.
    overwrite(file, 0, Buffer.alloc(statSync(file).size, 0x7f));
    overwrite(`${file}-wal`, 0, Buffer.alloc(Math.max(statSync(`${file}-wal`).size, 32), 0x7f));
    for (let n = 0; n < 5; n += 1) store.append(records(9000 + n * 300, 9300 + n * 300));
    store.latest({ limit: 5000 });
    store.append(records(20_000, 20_010));
    expect(store.latest({ limit: 10 })).toHaveLength(10);
    expect(count()).toBeGreaterThanOrEqual(10);
    expect(setAside.length).toBeLessThanOrEqual(1);
    store.close();
  });

  // On Windows a file that is open can't be given another name.
  it.skipIf(process.platform !== 'linux')('is closed before it is set aside in mid-run', () => {
    const file = filledLedger();
    overwrite(file, 4096 * 2, Buffer.alloc(statSync(file).size - 4096 * 2, 0x41));
    let held: string[] | undefined;
    const store = openStore(file, {
      onSetAside: (setAside) => {
        held = openFiles().filter((name) => name.startsWith(setAside));
      },
      onProblem() {},
    });
    expect(store.latest({ limit: 3000 })).toEqual([]);
    store.close();
    expect(held).toEqual([]);
  });

  it('row that SQLite takes for sound is passed over', () => {
    const file = filledLedger();
    const db = new DatabaseSync(file);
    db.exec('UPDATE exchanges SET record = \'{"id":\' WHERE seq = 2000');
    db.close();
    const { store } = open(file);
    expect(store.latest({ limit: 2 })).toHaveLength(1);
    store.close();
  });
});

describe('a file that is taken away', () => {
  it.each<[string, (file: string) => void]>([
    ['deleted', (file) => rmSync(file)],
    ['moved', (file) => renameSync(file, `${file}.old`)],
    ['deleted with its folder', (file) => rmSync(path.dirname(file), { recursive: true })],
  ])('%s, is begun again', (_, take) => {
    const file = filledLedger();
    const { store, count, setAside } = open(file);
    take(file);
    store.append(records(0, 4));
    expect(count()).toBe(4);
    store.close();
    expect(setAside).toEqual([]);
    const again = open(file);
    expect(again.count()).toBe(4);
    again.store.close();
  });
});

describe('a file that can’t be used', () => {
  function refusal(file: string): MeshbarError {
    try {
      open(file);
    } catch (error) {
      return error as MeshbarError;
    }
    throw new Error('It was opened.');
  }

  it('because a newer Meshbar wrote it, is refused and left as it is', () => {
    const file = filledLedger();
    const db = new DatabaseSync(file);
    db.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    const bytes = readFileSync(file);
    const error = refusal(file);
    expect(error).toMatchObject({ code: 'ledger_unavailable' });
    expect(wordsOf(error)).toMatch(/newer Meshbar.*Update/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual(['ledger.sqlite']);
  });

  it('because its folder is a file, is refused', () => {
    const file = path.join(filledLedger(), 'ledger.sqlite');
    const error = refusal(file);
    expect(error).toMatchObject({ code: 'ledger_unavailable' });
    expect(wordsOf(error)).toMatch(/can’t be opened/);
  });

  it('because it is a folder, is refused', () => {
    const file = path.join(tempFolder(), 'ledger.sqlite');
    mkdirSync(file);
    expect(refusal(file).code).toBe('ledger_unavailable');
    expect(existsSync(file)).toBe(true);
  });

  // Nothing is read-only for root.
  it.skipIf(process.getuid?.() === 0)('because its folder is read-only, is refused', () => {
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    expect(refusal(path.join(folder, 'ledger.sqlite')).code).toBe('ledger_unavailable');
    chmodSync(folder, 0o700);
  });
});

describe('two stores on one file', () => {
  it('see each other’s records', () => {
    const file = path.join(tempFolder(), 'l.sqlite');
    const a = open(file);
    const b = open(file);
    for (let n = 0; n < 20; n += 1) (n % 2 === 0 ? a : b).store.append(records(n * 10, n * 10 + 12));
    expect(a.count()).toBe(202);
    expect(b.store.breakdown({ by: 'tool' })).toEqual(a.store.breakdown({ by: 'tool' }));
    a.store.close();
    b.store.append(records(300, 301));
    expect(b.count()).toBe(203);
    b.store.close();
  });

  it('agree on a new file when one of them finds damage', () => {
    const file = filledLedger();
    overwrite(file, 4096 * 2, Buffer.alloc(statSync(file).size - 4096 * 2, 0x41));
    const a = open(file);
    const b = open(file);
    a.store.append(records(0, 3));
    b.store.append(records(3, 6));
    expect([a.count(), b.count()]).toEqual([6, 6]);
    expect(a.setAside.length + b.setAside.length).toBe(1);
    a.store.close();
    b.store.close();
  });
});

describe('a file in which another process is writing', () => {
  it('is opened and read all the same', () => {
    const file = filledLedger();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const { store, count } = open(file);
    expect(count()).toBeGreaterThan(0);
    store.close();
    other.close();
  });

  it('is waited for where it has no log yet', async () => {
    const file = filledLedger();
    const plain = new DatabaseSync(file);
    plain.exec('PRAGMA journal_mode = DELETE');
    plain.close();
    // Opening waits for the lock in this thread: only another one can give it back meanwhile.
    const other = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const { DatabaseSync } = require('node:sqlite');
       const db = new DatabaseSync(workerData);
       db.exec('BEGIN IMMEDIATE');
       parentPort.postMessage('writing');
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
       db.exec('ROLLBACK');
       db.close();`,
      { eval: true, workerData: file },
    );
    await once(other, 'message');
    const { store, count } = open(file);
    expect(count()).toBeGreaterThan(0);
    store.close();
    await other.terminate();
  });

  it('is not waited for where nothing is to be tidied', () => {
    const file = filledLedger();
    const { store } = open(file);
    while (store.tidy({}));
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(store.tidy({})).toBe(false);
    store.close();
    other.close();
  });
});

describe('migrations', () => {
  const steps = [
    'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)',
    'ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = x + 1',
    'CREATE TABLE b (z INTEGER) STRICT',
    'CREATE TABLE c (w INTEGER) STRICT',
    'ALTER TABLE c ADD COLUMN v INTEGER',
  ];

  it('go step by step from any version, and never twice', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, steps.slice(0, SCHEMA_VERSION));
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: SCHEMA_VERSION });
    migrate(db, steps.slice(0, SCHEMA_VERSION));
    expect(db.prepare('SELECT COUNT(*) AS n FROM a').get()).toEqual({ n: 1 });
    db.close();
  });

  it('are undone where one fails', () => {
    const db = new DatabaseSync(':memory:');
    expect(() => migrate(db, ["CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES ('no')"])).toThrow();
    expect(db.prepare('SELECT COUNT(*) AS n FROM sqlite_schema').get()).toEqual({ n: 0 });
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 });
    db.close();
  });

  it('give a new file all steps or none, and leave an older one those before the one that failed', () => {
    const failing = [...steps.slice(0, 2), 'INSERT INTO nowhere VALUES (1)'];
    const versionAfter = (db: DatabaseSync) => {
      expect(() => migrate(db, failing)).toThrow(/nowhere/);
      const version = db.prepare('PRAGMA user_version').get();
      db.close();
      return version;
    };
    expect(versionAfter(new DatabaseSync(':memory:'))).toEqual({ user_version: 0 });
    const older = new DatabaseSync(':memory:');
    migrate(older, steps.slice(0, 1));
    expect(versionAfter(older)).toEqual({ user_version: 2 });
  });

  it('say what is wrong where SQLite has undone the step itself', () => {
    const db = new DatabaseSync(':memory:');
    const full = 'PRAGMA max_page_count = 3; CREATE TABLE a (x BLOB) STRICT; INSERT INTO a VALUES (zeroblob(100000))';
    expect(() => migrate(db, [full])).toThrow(/full/);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 });
    db.close();
  });

  it('leave a newer file alone', () => {
    const db = new DatabaseSync(':memory:');
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 5}`);
    expect(() => migrate(db)).toThrow(NewerSchemaError);
    db.close();
  });
});

/** What this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The one that read the folder is closed by now.
      return [];
    }
  });
}

function overwrite(file: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}
