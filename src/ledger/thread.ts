import { Worker } from 'node:worker_threads';
import { errorOf, MeshbarError } from '../shared/errors.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import type { NumberedQuestion, Results, ThreadAnswer, ThreadQuestion } from './messages.js';
import type { Retention } from './retention.js';

export interface ThreadOptions {
  /** The SQLite file. */
  readonly path: string;
  /** The bundled worker.ts. */
  readonly workerUrl: URL | string;
  readonly priceFile?: string;
  readonly retention: () => Retention;
  readonly onSetAside: (setAside: string) => void;
  readonly onProblem: (problem: Statement) => void;
}

/** The ledger's thread, as something that can be asked. */
export interface LedgerThread {
  /** Rejects with MeshbarError (ledger_unavailable) where the thread refuses, or is gone for good. */
  ask<Q extends ThreadQuestion>(question: Q): Promise<Results[Q['kind']]>;
  /** It has crashed too often: nothing will be answered any more. */
  readonly dead: boolean;
  /** It has begun, and has not been given up. */
  readonly running: boolean;
  /** Starts the thread, unless it runs or has been given up. */
  begin(): void;
  /** Answers what has been asked, closes the file and ends the thread. */
  close(): Promise<void>;
}

/** A thread that lives at least this long may crash again: it will be started again. */
const STEADY_MS = 60_000;

/**
 * The thread begins with the first question: until then a proxy without traffic does without it (17 MiB). One that
 * crashes is started again and asked again what it had not answered; one that crashes at once is given up, and says
 * so.
 */
export function createLedgerThread(options: ThreadOptions): LedgerThread {
  return new Thread(options);
}

interface Waiting {
  readonly id: number;
  readonly question: ThreadQuestion;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

class Thread implements LedgerThread {
  dead = false;
  /** A handful. No Map: its dead tables would keep the texts of batches (roster.ts). */
  private waiting: Waiting[] = [];
  private nextId = 1;
  private worker: Worker | undefined;
  /** Questions can be asked. */
  private ready = false;
  private ending = false;
  /** Crashes since the thread last lived long. */
  private crashes = 0;

  constructor(private readonly options: ThreadOptions) {}

  ask<Q extends ThreadQuestion>(question: Q): Promise<Results[Q['kind']]> {
    if (this.dead || this.ending) return Promise.reject(gone());
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.push({ id, question, resolve: resolve as (value: unknown) => void, reject });
      this.begin();
      this.worker?.ref();
      if (this.ready) this.post(id, question);
    });
  }

  get running(): boolean {
    return this.worker !== undefined && !this.dead;
  }

  async close(): Promise<void> {
    if (this.worker === undefined) {
      this.ending = true;
      return;
    }
    const closed = this.ask({ kind: 'close' });
    // From here on the thread may go.
    this.ending = true;
    await closed.catch(() => {});
    await this.worker?.terminate();
  }

  begin(): void {
    if (this.worker === undefined && !this.dead && !this.ending) this.tryToStart();
  }

  /** A process that has no room for a thread is told so here, and not by an event. */
  private tryToStart(): void {
    try {
      this.start();
    } catch {
      this.giveUp();
    }
  }

  private start(): void {
    const begunAt = performance.now();
    const worker = new Worker(this.options.workerUrl, {
      workerData: { path: this.options.path, priceFile: this.options.priceFile, retention: this.options.retention() },
      // It holds no more than a batch: a small young generation keeps the process small. At 2 MB it costs half as much
      // CPU again a record, and more memory in the end, since batches grow old before they are dropped.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
      // Node 22 calls its SQLite experimental, which is nothing to tell the person at the terminal.
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    this.worker = worker;
    worker.on('message', (answer: ThreadAnswer) => this.take(answer));
    // An uncaught error in the thread: its exit follows.
    worker.on('error', () => {});
    worker.on('exit', () => {
      if (this.ending) this.refuseAll();
      else if (this.ready) this.onCrash(performance.now() - begunAt);
      else this.giveUp();
    });
  }

  private onCrash(livedMs: number): void {
    this.ready = false;
    this.crashes = livedMs >= STEADY_MS ? 1 : this.crashes + 1;
    if (this.crashes > 1) this.giveUp();
    else this.tryToStart();
  }

  private giveUp(): void {
    this.dead = true;
    this.options.onProblem(say('ledger.stopped'));
    this.refuseAll();
  }

  private refuseAll(): void {
    const refused = this.waiting;
    this.waiting = [];
    for (const { reject } of refused) reject(gone());
  }

  private post(id: number, question: ThreadQuestion): void {
    this.worker?.postMessage({ id, question } satisfies NumberedQuestion);
  }

  private take(answer: ThreadAnswer): void {
    if (answer.kind === 'ready') {
      this.ready = true;
      for (const { id, question } of this.waiting) this.post(id, question);
      this.rest();
    } else if (answer.kind === 'set-aside') this.options.onSetAside(answer.setAside);
    else if (answer.kind === 'problem') this.options.onProblem(answer.problem);
    else {
      const at = this.waiting.findIndex(({ id }) => id === answer.id);
      const [asked] = at === -1 ? [] : this.waiting.splice(at, 1);
      this.rest();
      if (answer.kind === 'result') asked?.resolve(answer.value);
      else asked?.reject(errorOf(answer.error));
    }
  }

  /** An idle ledger keeps no process alive; one that owes an answer does. */
  private rest(): void {
    if (this.waiting.length === 0) this.worker?.unref();
  }
}

function gone(): MeshbarError {
  return new MeshbarError('ledger_unavailable', { why: 'closed' });
}
