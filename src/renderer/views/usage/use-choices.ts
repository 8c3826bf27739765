import { useCallback, useEffect, useState } from 'react';
import type { Part, Period } from '../../../shared/ipc.js';
import { METRICS, type Metric } from './chart-data.js';

/** What a person chose to see; kept for the next time this view is opened. */
export interface Choices {
  readonly period: Period;
  readonly metric: Metric;
  readonly by: Part;
}

/** The contract's own lists would bring all its schemas into the window. */
export const PERIOD_CHOICES: readonly Period[] = ['session', '24h', '7d', '30d'];
export const PARTS: readonly Part[] = ['model', 'tool', 'key', 'project'];
const KEY = 'usage.choices';

export function useChoices(): [Choices, (changes: Partial<Choices>) => void] {
  const [choices, setChoices] = useState(() => parseChoices(kept()));
  const change = useCallback((changes: Partial<Choices>) => setChoices((before) => ({ ...before, ...changes })), []);
  useEffect(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(choices));
    } catch {
      // They last as long as this view, then.
    }
  }, [choices]);
  return [choices, change];
}

/** What was kept, as far as it can still be chosen. */
export function parseChoices(text: string | null): Choices {
  let value: Partial<Record<keyof Choices, unknown>> = {};
  try {
    value = { ...JSON.parse(text ?? '{}') };
  } catch {
    // As if nothing had been kept.
  }
  return {
    period: PERIOD_CHOICES.find((period) => period === value.period) ?? '24h',
    metric: METRICS.find((metric) => metric === value.metric) ?? 'cost',
    by: PARTS.find((part) => part === value.by) ?? 'model',
  };
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
