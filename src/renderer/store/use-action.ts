import { useCallback, useRef, useState } from 'react';
import type { ErrorInfo } from '../../shared/errors.js';
import type { Answer, Answers, RequestInput, RequestName } from '../../shared/ipc.js';
import { store } from './use-store.js';

export interface Action {
  readonly busy: boolean;
  /** Why the last request was refused; gone with the next one. */
  readonly error: ErrorInfo | undefined;
  run<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Answer<Answers[Name]>>;
  /** Forgets the error. */
  clear(): void;
}

/** What a person sets off, where the failure is told beside what was pressed and not in a toast. */
export function useAction(): Action {
  const [underWay, setUnderWay] = useState(0);
  const [error, setError] = useState<ErrorInfo>();
  const turn = useRef(0);
  const run = useCallback<Action['run']>(async (name, input) => {
    turn.current += 1;
    const mine = turn.current;
    setUnderWay((count) => count + 1);
    setError(undefined);
    const answer = await store.ask(name, input);
    setUnderWay((count) => count - 1);
    // An older answer says nothing about what was asked since.
    if (!answer.ok && mine === turn.current) setError(answer.error);
    return answer;
  }, []);
  const clear = useCallback(() => setError(undefined), []);
  return { busy: underWay > 0, error, run, clear };
}
