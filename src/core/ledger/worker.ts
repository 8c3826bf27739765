import { parentPort, workerData } from 'node:worker_threads';
import { MeshbarError, toMeshbarError } from '../../shared/errors.js';
import type { ExchangeRecord } from '../../shared/usage.js';
import type { Retention } from './ledger-api.js';
import { reasonOf } from './ledger-file.js';
import type { Answer, NumberedQuestion, Question } from './messages.js';
import { openStore } from './store.js';
import { createTidyTimes } from './tidy-times.js';

/** The ledger's thread: a slow disk or a large query stalls no stream here. */
if (!parentPort) throw new Error('The ledger runs as a worker thread.');
const port = parentPort;
const answer = (message: Answer): void => port.postMessage(message);

try {
  const { path, ...data } = workerData as { path: string; retention: Retention };
  let { retention } = data;
  const store = openStore(path, {
    onSetAside: (setAside) => answer({ kind: 'set-aside', setAside }),
    onProblem: (message) => answer({ kind: 'problem', message }),
  });
  const tidyTimes = createTidyTimes(() => store.tidy(retention));
  const take = (question: Exclude<Question, { kind: 'tidy' }>): unknown => {
    if (question.kind === 'append') return JSON.stringify(store.append(question.lines.split('\n').map(parseRecord)));
    if (question.kind === 'query') return store[question.method](question.query as never);
    tidyTimes.stop();
    return store.close();
  };
  port.on('message', ({ id, question }: NumberedQuestion) => {
    if (question.kind === 'tidy') {
      retention = question.retention;
      tidyTimes.now(() => answer({ kind: 'result', id, value: undefined }));
      return;
    }
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
