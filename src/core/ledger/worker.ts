import { parentPort, workerData } from 'node:worker_threads';
import { toMeshbarError } from '../../shared/errors.js';
import type { Answer, Question } from './messages.js';
import { openStore } from './store.js';

/** The ledger's thread: a slow disk or a large query stalls no stream here. */
if (!parentPort) throw new Error('The ledger runs as a worker thread.');
const port = parentPort;
const answer = (message: Answer): void => port.postMessage(message);

try {
  const store = openStore((workerData as { path: string }).path);
  answer({ kind: 'ready', setAside: store.setAside });
  port.on('message', (question: Question) => {
    try {
      switch (question.kind) {
        case 'append':
          answer({ kind: 'appended', id: question.id, records: store.append(question.records) });
          break;
        case 'query':
          answer({ kind: 'result', id: question.id, value: store[question.method](question.query as never) });
          break;
        case 'close':
          store.close();
          answer({ kind: 'closed' });
          port.close();
          break;
      }
    } catch (error) {
      answer({ kind: 'failed', id: 'id' in question ? question.id : 0, error: toMeshbarError(error).toInfo() });
    }
  });
} catch (error) {
  answer({ kind: 'unavailable', error: toMeshbarError(error).toInfo() });
}
