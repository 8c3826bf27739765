import { MeshbarError } from '../shared/errors.js';
import type { ExchangeRecord, PricedExchange, Pricing } from '../shared/usage.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import type { Ledger, LedgerStatus } from './ledger-api.js';
import { openLedgerFile } from './ledger-file.js';
import type { QueryMethod } from './messages.js';
import type { Retention } from './retention.js';
import type { Settled } from './settle.js';
import { createLedgerThread } from './thread.js';

export interface LedgerOptions {
  /** The SQLite file. */
  readonly path: string;
  /** The bundled worker.ts. */
  readonly workerUrl: URL | string;
  /** A price list that was fetched, if there is one; without, the bundled one counts. */
  readonly priceFile?: string;
  /** Without: records are kept for ever. */
  readonly retention?: Retention | undefined;
  /** Called before what was appended is looked at or written out: it may append what has ended and was not told yet. */
  readonly catchUp?: () => void;
  /** Told what went wrong without an exchange being harmed. */
  readonly onProblem: (problem: Statement) => void;
}

/** Records are written at most this long after they came: what a killed process can lose. */
const BATCH_MS = 250;
/** More at once would make the proxy wait for a millisecond and more. */
const BATCH_RECORDS = 250;
/** A file that refused (a full disk, another program's lock) is tried again this often. */
const RETRY_MS = 2000;
/** What waits meanwhile; beyond this records are dropped, since memory must not grow without end. */
const BACKLOG_RECORDS = 20_000;

/** Rejects with MeshbarError (ledger_unavailable) if the file can't be opened. */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const { path, onProblem } = options;
  let retention = options.retention ?? {};
  let status: LedgerStatus = { path };
  const listeners = new Set<(records: readonly PricedExchange[]) => void>();
  const settledListeners = new Set<(settled: Settled) => void>();
  let batch: ExchangeRecord[] = [];
  let inFlight = 0;
  let timer: NodeJS.Timeout | undefined;
  /** The file refused the last batch. */
  let refused = false;
  let dropped = 0;
  let closing: Promise<void> | undefined;

  function onSetAside(setAside: string): void {
    status = { path, setAside };
    onProblem(say('ledger.setAside', { setAside }));
  }

  // What is wrong with the file is said at the start, not at the first exchange.
  const { db, setAside } = openLedgerFile(path);
  db.close();
  if (setAside !== undefined) onSetAside(setAside);
  const thread = createLedgerThread({ ...options, retention: () => retention, onSetAside });

  /** Sends what waits to the thread; resolves when it is on disk, or refused and back in the batch. */
  async function post(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const sent: Promise<void>[] = [];
    while (batch.length > 0 && !thread.dead) sent.push(send(batch.splice(0, BATCH_RECORDS)));
    await Promise.all(sent);
  }

  async function send(records: readonly ExchangeRecord[]): Promise<void> {
    inFlight += records.length;
    const lines = records.map((record) => JSON.stringify(record)).join('\n');
    const result = await thread.ask({ kind: 'append', lines }).catch((error: MeshbarError) => error);
    inFlight -= records.length;
    if (result instanceof MeshbarError) onRefused(records, result);
    else onWritten(records, result);
  }

  function onRefused(records: readonly ExchangeRecord[], error: MeshbarError): void {
    if (thread.dead) return;
    batch = [...records, ...batch];
    if (!refused) onProblem(say('ledger.waiting', { problem: error.facts }));
    refused = true;
    if (!closing) timer ??= setTimeout(post, RETRY_MS);
  }

  function onWritten(records: readonly ExchangeRecord[], pricings: string): void {
    // A small batch may fit where a larger one does not: all is well when nothing waits.
    if ((refused || dropped > 0) && batch.length + inFlight === 0) {
      refused = false;
      onProblem(dropped > 0 ? say('ledger.writtenAgainWithout', { count: dropped }) : say('ledger.writtenAgain'));
      dropped = 0;
    }
    if (listeners.size === 0) return;
    const prices = JSON.parse(pricings) as readonly Pricing[];
    // The records are ours alone by now, and a copy of each costs as much as to write it out.
    const priced = records.map((record, i) => Object.assign(record, prices[i] as Pricing));
    for (const listener of listeners) listener(priced);
  }

  async function query(method: QueryMethod, value: unknown): Promise<never> {
    options.catchUp?.();
    // Once written, twice read: what was appended before a query is in its answer.
    post();
    return (await thread.ask({ kind: 'query', method, query: value })) as never;
  }

  /** Answers come in the order of questions: this one comes when all before it are answered. */
  async function answered(): Promise<void> {
    await thread.ask({ kind: 'query', method: 'latest', query: { limit: 0 } }).catch(() => {});
  }

  async function flush(): Promise<void> {
    options.catchUp?.();
    if (batch.length + inFlight === 0) return;
    await post();
    await answered();
  }

  async function close(): Promise<void> {
    await flush();
    // What was refused on the way has one more try.
    await post();
    clearTimeout(timer);
    if (batch.length > 0) onProblem(say('ledger.lost', { count: batch.length }));
    await thread.close();
  }

  return {
    get status() {
      return status;
    },
    get unwritten() {
      return batch.length + inFlight;
    },
    expect: () => thread.begin(),
    append(record) {
      if (closing || thread.dead) return;
      if (batch.length + inFlight >= BACKLOG_RECORDS) {
        dropped += 1;
        if (dropped === 1) onProblem(say('ledger.dropping'));
        return;
      }
      batch.push(record);
      if (refused) return;
      if (batch.length >= BATCH_RECORDS) post();
      else timer ??= setTimeout(post, BATCH_MS);
    },
    flush,
    totals: (value) => query('totals', value),
    breakdown: (value) => query('breakdown', value),
    series: (value) => query('series', value),
    latest: (value) => query('latest', value),
    unsure: (value) => query('unsure', value),
    async keep(next) {
      retention = next;
      await thread.ask({ kind: 'tidy', retention });
    },
    async reloadPrices() {
      // One that begins later reads them then.
      if (thread.running) await thread.ask({ kind: 'prices' });
    },
    reprice({ dryRun }) {
      post();
      return thread.ask({ kind: 'reprice', dryRun });
    },
    async settle(bill) {
      post();
      const settled = await thread.ask({ kind: 'settle', bill });
      if (settled) for (const listener of settledListeners) listener(settled);
      return settled;
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSettled(listener) {
      settledListeners.add(listener);
      return () => settledListeners.delete(listener);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
