import { useEffect, useMemo, useState } from 'react';
import type { ErrorInfo } from '../../../shared/errors.js';
import type { ActiveExchange, PricedExchange } from '../../../shared/usage.js';
import { store, useStore } from '../../store/use-store.js';
import { LIST_LIMIT, matches, type RequestFilter, underWay, withEnded } from './request-list.js';

export interface ListedRequests {
  readonly active: readonly ActiveExchange[];
  readonly ended: readonly PricedExchange[];
  /** There are no rows, and that they are none is not known yet. */
  readonly pending: boolean;
  readonly error: ErrorInfo | undefined;
}

interface Known {
  readonly ended: readonly PricedExchange[];
  readonly pending: boolean;
  readonly error?: ErrorInfo;
}

const NOTHING: Known = { ended: [], pending: true };
const NONE: readonly ActiveExchange[] = [];

/** The last requests that fit the filter, at most `limit` of those that have ended: asked for once, then kept up to date by what main pushes. */
export function useRequests(wanted: RequestFilter, limit: number = LIST_LIMIT): ListedRequests {
  const { tool, model, outcome, since, until } = wanted;
  const filter = useMemo<RequestFilter>(
    () => ({ tool, model, outcome, since, until }),
    [tool, model, outcome, since, until],
  );
  const [known, setKnown] = useState(NOTHING);
  const active = useStore((state) => state.usage?.active ?? NONE);

  useEffect(() => {
    let isCurrent = true;
    // What is known and fits stays meanwhile: a view that is emptied with each choice jumps.
    setKnown(({ ended }) => ({ ended: ended.filter((record) => matches(record, filter)), pending: true }));
    async function ask(): Promise<void> {
      const answer = await store.ask('usage:latest', { limit, ...filter });
      if (!isCurrent) return;
      setKnown(({ ended }) =>
        answer.ok
          ? { ended: withEnded(answer.value, ended, filter, limit), pending: false }
          : { ended, pending: false, error: answer.error },
      );
    }
    // While nobody looks, nothing is pushed.
    const onVisible = () => {
      if (document.visibilityState === 'visible') void ask();
    };
    const stopFollowing = store.onEnded((records) => {
      setKnown((before) => {
        const ended = withEnded(before.ended, records, filter, limit);
        return ended === before.ended ? before : { ...before, ended };
      });
    });
    document.addEventListener('visibilitychange', onVisible);
    void ask();
    return () => {
      isCurrent = false;
      stopFollowing();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [filter, limit]);

  const { ended, pending, error } = known;
  return {
    active: useMemo(() => underWay(active, ended, filter), [active, ended, filter]),
    ended,
    pending: pending && ended.length === 0,
    error,
  };
}
