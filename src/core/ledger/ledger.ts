import { Worker } from 'node:worker_threads';
import { MeshbarError } from '../../shared/errors.js';
import type { ExchangeRecord, PricedExchange } from '../../shared/usage.js';
import type { Ledger, LedgerStatus } from './ledger-api.js';
import type { Answer, QueryMethod, Question } from './messages.js';

export interface LedgerOptions {
  /** The SQLite file. */
  readonly path: string;
  /** The bundled worker.ts. */
  readonly workerUrl: URL | string;
  /** Told, in one sentence, what went wrong without an exchange being harmed. */
  readonly onProblem: (message: string) => void;
}

/** Records are written at most this long after they came: what a killed process can lose. */
const BATCH_MS = 250;
const BATCH_RECORDS = 500;
/** If the disk hangs, memory must not grow without end. */
const BACKLOG_RECORDS = 100_000;

/**
 * Starts the ledger's thread and resolves when the file is open; rejects with MeshbarError (ledger_unavailable) if it
 * can't be opened.
 */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const worker = new Worker(options.workerUrl, {
    workerData: { path: options.path },
    // The thread holds no more than a batch: a small young generation keeps the process small.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
    // Node 22 calls its SQLite experimental, which is nothing to tell the person at the terminal.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdout: false,
    stderr: false,
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Set<(records: readonly PricedExchange[]) => void>();
  let nextId = 1;
  let batch: ExchangeRecord[] = [];
  let unwritten = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let status: LedgerStatus = { path: options.path };

  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'ready') {
        if (answer.setAside !== undefined) status = { ...status, setAside: answer.setAside };
        resolve();
      } else if (answer.kind === 'unavailable') {
        reject(new MeshbarError('ledger_unavailable', answer.error.message, { hint: answer.error.hint }));
      } else take(answer);
    });
    worker.on('error', (error) => {
      const failure = new MeshbarError('ledger_unavailable', `The usage ledger failed (${error.name}).`, {
        cause: error,
      });
      reject(failure);
      for (const { reject: refuse } of waiting.values()) refuse(failure);
      waiting.clear();
      if (!closed)
        options.onProblem('The usage ledger stopped: exchanges pass, but are not recorded. Restart Meshbar.');
      closed = true;
    });
  });

  function take(answer: Answer): void {
    if (answer.kind === 'appended') {
      unwritten -= answer.records.length;
      settle(answer.id, answer.records);
      for (const listener of listeners) listener(answer.records);
    } else if (answer.kind === 'result') settle(answer.id, answer.value);
    else if (answer.kind === 'failed') {
      taken(answer.id)?.reject(new MeshbarError(answer.error.code, answer.error.message, { hint: answer.error.hint }));
    } else if (answer.kind === 'closed') settle(0, undefined);
  }

  function settle(id: number, value: unknown): void {
    taken(id)?.resolve(value);
  }

  /** An idle ledger keeps no process alive; one that owes an answer does. */
  function taken(id: number) {
    const request = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return request;
  }

  function ask(question: Question): Promise<unknown> {
    if (closed) return Promise.reject(new MeshbarError('ledger_unavailable', 'The usage ledger is closed.'));
    const id = question.kind === 'close' ? 0 : question.id;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage(question);
    });
  }

  function query(method: QueryMethod, value: unknown): Promise<never> {
    // Once written, twice read: what was appended before a query is in its answer.
    post();
    return ask({ kind: 'query', id: nextId++, method, query: value }) as Promise<never>;
  }

  /** Sends the waiting records to the thread; resolves when they are on disk. */
  function post(): Promise<unknown> {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return Promise.resolve();
    const records = batch;
    batch = [];
    return ask({ kind: 'append', id: nextId++, records }).catch((error: MeshbarError) => {
      unwritten -= records.length;
      if (!closed) options.onProblem(`${records.length} usage records could not be written: ${error.message}`);
    });
  }

  await ready.catch(async (error) => {
    closed = true;
    await worker.terminate();
    throw error;
  });
  worker.unref();
  if (status.setAside !== undefined) {
    options.onProblem(`The usage ledger was damaged. It was set aside as ${status.setAside}, and a new one was begun.`);
  }

  return {
    get status() {
      return status;
    },
    append(record) {
      if (closed) return;
      if (unwritten >= BACKLOG_RECORDS) {
        dropped += 1;
        if (dropped === 1) options.onProblem('The disk does not keep up: usage records are being dropped.');
        return;
      }
      unwritten += 1;
      batch.push(record);
      if (batch.length >= BATCH_RECORDS) post();
      else timer ??= setTimeout(post, BATCH_MS);
    },
    async flush() {
      await post();
      if (waiting.size > 0) await query('totals', { since: 0, until: 0 });
    },
    totals: (value) => query('totals', value),
    breakdown: (value) => query('breakdown', value),
    series: (value) => query('series', value),
    latest: (value) => query('latest', value),
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (closed) return;
      await post();
      await ask({ kind: 'close' });
      closed = true;
      await worker.terminate();
    },
  };
}
