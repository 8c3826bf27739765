import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorInfo } from '../../shared/errors.js';
import type { Answers, RequestInput, RequestName } from '../../shared/ipc.js';
import { createAskTogether } from './ask-together.js';
import { store, useStore } from './use-store.js';

export interface Asked<T, Input> {
  /** The last good answer; undefined before the first one. */
  readonly value: T | undefined;
  /** What `value` was asked with: after a change of input, for a while, the one before. */
  readonly askedWith: Input | undefined;
  /** Why the last attempt failed. */
  readonly error: ErrorInfo | undefined;
  readonly pending: boolean;
  reload(): void;
}

const askTogether = createAskTogether(store.ask);

/** At most once a second, however much passes. */
const LEAST_MS = 1000;

/**
 * Asks main and keeps the answer: again when the input changes, and, with `live`, when exchanges end or the window is
 * looked at again, at most every `leastMs` and never while nobody looks. Answers that come too late are dropped.
 * `input` undefined: nothing is asked where the request needs one.
 */
export function useAnswer<Name extends RequestName>(
  name: Name,
  input: RequestInput<Name>,
  { live = false, enabled = true, leastMs = LEAST_MS }: { live?: boolean; enabled?: boolean; leastMs?: number } = {},
): Asked<Answers[Name], RequestInput<Name>> {
  const [asked, setAsked] = useState<{
    value?: Answers[Name];
    askedWith?: RequestInput<Name>;
    error?: ErrorInfo;
    pending: boolean;
  }>({ pending: true });
  const key = JSON.stringify(input);
  const revision = useStore((state) => (live ? state.revision : 0));
  const turn = useRef(0);
  const lastAt = useRef(0);
  const lastKey = useRef<string | undefined>(undefined);

  const ask = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    lastAt.current = performance.now();
    const askedWith = (key === undefined ? undefined : JSON.parse(key)) as RequestInput<Name>;
    const answer = await askTogether(name, askedWith);
    if (mine !== turn.current) return;
    setAsked((before) =>
      answer.ok
        ? { value: answer.value, askedWith, pending: false }
        : { ...before, error: answer.error, pending: false },
    );
  }, [name, key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each revision is a reason to ask again
  useEffect(() => {
    if (!enabled) return;
    const isNew = lastKey.current !== `${name} ${key}`;
    lastKey.current = `${name} ${key}`;
    if (!isNew && document.visibilityState === 'hidden') return;
    const wait = isNew ? 0 : lastAt.current + leastMs - performance.now();
    if (wait <= 0) {
      void ask();
      return;
    }
    const timer = setTimeout(() => {
      // Whoever looks again is a reason of its own.
      if (document.visibilityState !== 'hidden') void ask();
    }, wait);
    return () => clearTimeout(timer);
  }, [ask, name, key, revision, enabled, leastMs]);

  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  return {
    value: asked.value,
    askedWith: asked.askedWith,
    error: asked.error,
    pending: asked.pending,
    reload: () => void ask(),
  };
}
