import { redact } from '../../files/secrets.js';
import { type ErrorInfo, toMeshbarError } from '../../shared/errors.js';
import { inAppWords, sentenceInAppWords, sentenceOf } from './app-words.js';
import type { Log } from './log.js';
import type { Notices } from './notices.js';

/** Where what goes wrong beside the exchanges is told: in the log, and to whoever looks at a window. */
export interface Problems {
  /** In a sentence. */
  onProblem(text: string): void;
  /** An error that a person is told about. */
  onError(error: ErrorInfo): void;
}

export function createProblems(log: Pick<Log, 'info'>, notices: Pick<Notices, 'add'>): Problems {
  return {
    onProblem(text) {
      log.info(text);
      notices.add(redact(sentenceInAppWords(text)));
    },
    onError(error) {
      notices.add(redact(sentenceOf(inAppWords(error))));
    },
  };
}

/** Of Node's process. */
interface Uncaught {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** What nobody has caught is logged and told, and the app goes on: the proxy must not end with a window's mistake. */
export function registerUncaught(
  { log, notices }: { readonly log: Pick<Log, 'error'>; readonly notices: Pick<Notices, 'add'> },
  from: Uncaught = process,
): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    from.on(event, (error) => {
      log.error(event, error);
      notices.add(redact(`Something went wrong inside Meshbar: ${toMeshbarError(error).message}`));
    });
  }
}
