import { parentPort, workerData } from 'node:worker_threads';
import { MeshbarError, toMeshbarError } from '../../shared/errors.js';
import type { ExchangeRecord } from '../../shared/usage.js';
import { reasonOf } from './ledger-file.js';
import type { Answer, NumberedQuestion, Question } from './messages.js';
import { openStore } from './store.js';

/** The ledger's thread: a slow disk or a large query stalls no stream here. */
if (!parentPort) throw new Error('The ledger runs as a worker thread.');
const port = parentPort;
const answer = (message: Answer): void => port.postMessage(message);

try {
  const store = openStore((workerData as { path: string }).path, {
    onSetAside: (setAside) => answer({ kind: 'set-aside', setAside }),
    onProblem: (message) => answer({ kind: 'problem', message }),
  });
  const take = (question: Question): unknown => {
    if (question.kind === 'append') {
      const texts = question.lines.split('\n');
      return JSON.stringify(store.append(texts.map(parseRecord), texts));
    }
    if (question.kind === 'query') return store[question.method](question.query as never);
    return store.close();
  };
  port.on('message', ({ id, question }: NumberedQuestion) => {
    try {
      answer({ kind: 'result', id, value: take(question) });
    } catch (error) {
      answer({ kind: 'failed', id, error: told(error).toInfo() });
    }
    if (question.kind === 'close') port.close();
  });
  answer({ kind: 'ready' });
} catch (error) {
  answer({ kind: 'unavailable', error: toMeshbarError(error).toInfo() });
}

function parseRecord(line: string): ExchangeRecord {
  return JSON.parse(line) as ExchangeRecord;
}

function told(error: unknown): MeshbarError {
  if (error instanceof MeshbarError) return error;
  return new MeshbarError('ledger_unavailable', `The usage ledger can't be used: ${reasonOf(error)}.`, {
    cause: error,
  });
}
