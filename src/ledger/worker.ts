import { existsSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ErrorFacts, MeshbarError } from '../shared/errors.js';
import type { ExchangeRecord } from '../shared/usage.js';
import { faultOf } from './ledger-file.js';
import type { NumberedQuestion, ThreadAnswer, ThreadQuestion } from './messages.js';
import type { Retention } from './retention.js';
import { type LedgerStore, openStore } from './store.js';
import { createTidyTimes } from './tidy-times.js';

interface WorkerData {
  readonly path: string;
  readonly priceFile?: string;
  readonly retention: Retention;
}

/** The ledger's thread: a slow disk or a large query stalls no stream here. */
async function serve(port: MessagePort, { path, priceFile, ...data }: WorkerData): Promise<void> {
  const answer = (message: ThreadAnswer): void => port.postMessage(message);
  let { retention } = data;
  await loadFetchedPrices(priceFile);
  let opened: LedgerStore | undefined;
  /** A file that can't be opened now, such as on a full disk, fails a question and not the thread. */
  const store = (): LedgerStore => {
    opened ??= openStore(path, {
      onSetAside: (setAside) => answer({ kind: 'set-aside', setAside }),
      onProblem: (problem) => answer({ kind: 'problem', problem }),
    });
    return opened;
  };
  const tidyTimes = createTidyTimes(() => store().tidy(retention));
  const take = (question: Exclude<ThreadQuestion, { kind: 'tidy' | 'prices' }>): unknown => {
    if (question.kind === 'append') {
      const texts = question.lines.split('\n');
      return JSON.stringify(store().append(texts.map(parseRecord), texts));
    }
    if (question.kind === 'reprice') return store().reprice(question);
    if (question.kind === 'settle') return store().settle(question.bill, { dryRun: false });
    if (question.kind === 'query') return store()[question.method](question.query as never);
    tidyTimes.stop();
    return opened?.close();
  };
  port.on('message', ({ id, question }: NumberedQuestion) => {
    const done = () => answer({ kind: 'result', id, value: undefined });
    if (question.kind === 'tidy') {
      retention = question.retention;
      tidyTimes.now(done);
      return;
    }
    if (question.kind === 'prices') {
      loadFetchedPrices(priceFile).then(done);
      return;
    }
    try {
      answer({ kind: 'result', id, value: take(question) });
    } catch (error) {
      answer({ kind: 'failed', id, error: factsOf(error) });
    }
    if (question.kind === 'close') port.close();
  });
  answer({ kind: 'ready' });
}

/** What reads a fetched list is loaded for those alone who let one be fetched. */
async function loadFetchedPrices(priceFile: string | undefined): Promise<void> {
  if (priceFile === undefined || !existsSync(priceFile)) return;
  const { loadPrices } = await import('../pricing/load-prices.js');
  loadPrices(priceFile);
}

function parseRecord(line: string): ExchangeRecord {
  return JSON.parse(line) as ExchangeRecord;
}

function factsOf(error: unknown): ErrorFacts {
  if (error instanceof MeshbarError) return error.facts;
  return { code: 'ledger_unavailable', data: { why: 'unusable', fault: faultOf(error) } };
}

const port = parentPort;
if (!port) throw new Error('The ledger runs as a worker thread.');
serve(port, workerData as WorkerData);
