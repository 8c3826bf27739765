import { type ErrorFacts, toMeshbarError } from '../../shared/errors.js';
import { englishOf, type Statement } from '../../words/index.js';
import { say } from '../../words/say.js';
import type { Log } from './log.js';
import type { NoticeList } from './notices.js';

/** Where what goes wrong beside the exchanges is told: in the log, and to whoever looks at a window. */
export interface Problems {
  onProblem(problem: Statement): void;
  /** An error that a person is told about. */
  onError(error: ErrorFacts): void;
}

export function createProblems(log: Pick<Log, 'info'>, notices: Pick<NoticeList, 'add'>): Problems {
  return {
    onProblem(problem) {
      log.info(englishOf(problem));
      notices.add(problem);
    },
    onError: notices.add,
  };
}

/** Of Node's process. */
interface Uncaught {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** What nobody has caught is logged and told, and the app goes on: the proxy must not end with a window's mistake. */
export function registerUncaught(
  { log, notices }: { readonly log: Pick<Log, 'error'>; readonly notices: Pick<NoticeList, 'add'> },
  from: Uncaught = process,
): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    from.on(event, (error) => {
      log.error(event, error);
      notices.add(say('app.notices.inside', { problem: toMeshbarError(error).facts }));
    });
  }
}
