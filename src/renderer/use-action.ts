import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorInfo } from '../shared/errors.js';
import type { Answers, RequestInput, RequestName } from '../shared/ipc.js';
import { bridge } from './bridge.js';

export interface Action {
  readonly busy: boolean;
  /** Of the last request that was answered; gone with the next one. */
  readonly error: ErrorInfo | undefined;
  /** Asks main; gives what it answered, or undefined where it refused, and then `error` says why. */
  run<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<{ value: Answers[Name] } | undefined>;
  /** Forgets the error. */
  clear(): void;
}

/** A request that a person sets off: whether it is under way, and what went wrong. */
export function useAction(): Action {
  const [busy, setBusy] = useState(0);
  const [error, setError] = useState<ErrorInfo>();
  const last = useRef(0);
  const run = useCallback<Action['run']>(async (name, input) => {
    last.current += 1;
    const mine = last.current;
    setBusy((count) => count + 1);
    setError(undefined);
    const answer = await bridge.request(name, input);
    setBusy((count) => count - 1);
    if (answer.ok) return { value: answer.value };
    // An older answer says nothing about what was asked since.
    if (mine === last.current) setError(answer.error);
    return undefined;
  }, []);
  const clear = useCallback(() => setError(undefined), []);
  return { busy: busy > 0, error, run, clear };
}

export interface Asked<T> {
  /** What came last, also while it is asked for anew. */
  readonly value: T | undefined;
  readonly error: ErrorInfo | undefined;
  readonly isLoading: boolean;
  reload(): void;
}

/** Asks main for something to show, and again whenever `because` changes. */
export function useAsked<Name extends RequestName>(
  name: Name,
  input: RequestInput<Name>,
  because: string | number | undefined,
): Asked<Answers[Name]> {
  const [state, setState] = useState<Omit<Asked<Answers[Name]>, 'reload'>>({
    value: undefined,
    error: undefined,
    isLoading: true,
  });
  const [round, setRound] = useState(0);
  const asked = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked stands in `asked`; `because` and `round` ask anew
  useEffect(() => {
    let isCurrent = true;
    setState((before) => ({ ...before, isLoading: true }));
    void bridge.request(name, input).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setState({ value: answer.value, error: undefined, isLoading: false });
      else setState((before) => ({ value: before.value, error: answer.error, isLoading: false }));
    });
    return () => {
      isCurrent = false;
    };
  }, [name, asked, because, round]);
  return { ...state, reload: useCallback(() => setRound((count) => count + 1), []) };
}
