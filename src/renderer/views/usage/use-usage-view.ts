import { useMemo } from 'react';
import type { ErrorInfo } from '../../../shared/errors.js';
import type { ShownUsage } from '../../../shared/ipc.js';
import type { UsageFilter } from '../../store/store.js';
import { useAnswer } from '../../store/use-answer.js';
import type { Choices } from './use-choices.js';

export interface Usage {
  readonly view: ShownUsage | undefined;
  /** What the view is of, and what it is parted by: for a moment after a choice, what they were before. */
  readonly period: Choices['period'];
  readonly by: Choices['by'];
  readonly error: ErrorInfo | undefined;
}

/** Sums for the chart and the table, again at most once a second while traffic passes. */
export function useUsageView({ period, by }: Pick<Choices, 'period' | 'by'>, filter: UsageFilter): Usage {
  // What the rows are is not filtered by: they stay, for choosing another one.
  const { model, tool } = filter;
  const others = { ...(by === 'model' ? {} : { model }), ...(by === 'tool' ? {} : { tool }) };
  const { value, askedWith, error } = useAnswer('usage:view', { period, by, ...others }, { live: true });
  const [shownPeriod, shownBy] = [askedWith?.period ?? period, askedWith?.by ?? by];
  return useMemo(
    () => ({ view: value, period: shownPeriod, by: shownBy, error }),
    [value, shownPeriod, shownBy, error],
  );
}
