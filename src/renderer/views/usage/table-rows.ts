import type { UsageGroup } from '../../../shared/usage.js';
import { compareNames } from '../../../words/format.js';
import type { Sort } from '../../components/Table.js';
import { amountOf } from './chart-data.js';

/** The order of the table's rows. Pure. */

type SortColumn = 'name' | 'requests' | 'input' | 'cached' | 'output' | 'cost' | 'failed' | 'interrupted';

/** What a column sorts by; what has no known cost is below all that have one. */
const AMOUNTS: Readonly<Record<Exclude<SortColumn, 'name'>, (group: UsageGroup) => number>> = {
  requests: (group) => group.exchanges,
  input: (group) => group.inputTokens,
  cached: (group) => (group.inputTokens === 0 ? -1 : group.cacheReadInputTokens / group.inputTokens),
  output: (group) => group.outputTokens,
  cost: (group) => (group.standings.measured + group.standings.partial === 0 ? -1 : amountOf('cost', group)),
  failed: (group) => group.failed,
  interrupted: (group) => group.interrupted,
};

function nameOf({ key, label }: UsageGroup): string {
  return label ?? key;
}

/** A new array; names decide where amounts are the same. */
export function sorted(groups: readonly UsageGroup[], { column, ascending }: Sort): readonly UsageGroup[] {
  const direction = ascending ? 1 : -1;
  const amount = Object.hasOwn(AMOUNTS, column) ? AMOUNTS[column as keyof typeof AMOUNTS] : undefined;
  const byName = (a: UsageGroup, b: UsageGroup) => compareNames(nameOf(a), nameOf(b));
  return groups.toSorted((a, b) =>
    amount ? direction * (amount(a) - amount(b)) || byName(a, b) : direction * byName(a, b),
  );
}
