import { columnOf, holderOf } from '../shared/column-values.js';
import { COUNT_PLACES, type ColumnName, STANDING_PLACES } from '../shared/columns.js';
import { hasTokens, isCostKnown, SUMMED } from '../shared/totals.js';
import type { UsageGroup } from '../shared/usage.js';
import { csvCell, csvLine, csvUsd } from './csv.js';

interface TotalsColumn {
  readonly place: number;
  readonly name: string;
  readonly cell: (group: UsageGroup) => string;
}

const COLUMNS: readonly TotalsColumn[] = [
  { place: 1, name: 'key', cell: ({ key }: UsageGroup) => csvCell(key) },
  { place: 2, name: 'provider_name', cell: ({ providerName }: UsageGroup) => csvCell(providerName) },
  ...entriesOf(COUNT_PLACES).map(([name, place]) => ({
    place,
    name,
    cell: (group: UsageGroup) => csvCell(group[name]),
  })),
  ...SUMMED.map((name) => ({ ...csvOf(name), cell: (group: UsageGroup) => sumCell(group, name) })),
  ...entriesOf(STANDING_PLACES).map(([name, place]) => ({
    place,
    name,
    cell: (group: UsageGroup) => csvCell(group.standings[name]),
  })),
].sort((a, b) => a.place - b.place);

/** Rows of a breakdown as CSV; costs in USD. */
export function groupsToCsv(groups: readonly UsageGroup[]): string {
  return [COLUMNS.map(({ name }) => name), ...groups.map((group) => COLUMNS.map(({ cell }) => cell(group)))]
    .map(csvLine)
    .join('');
}

/** Rows of a breakdown as values for JSON; what nobody knows is null, not 0. */
export function groupsToJson(groups: readonly UsageGroup[]): object[] {
  return groups.map((group) => ({
    ...group,
    ...Object.fromEntries(SUMMED.filter((name) => !isKnown(group, name)).map((name) => [name, null])),
  }));
}

function csvOf(name: ColumnName) {
  const { csv, summed = 0 } = columnOf(name);
  return { place: summed, name: 'not' in csv ? name : csv[1] };
}

function sumCell(group: UsageGroup, name: (typeof SUMMED)[number]): string {
  if (!isKnown(group, name)) return '';
  return isMoney(name) ? csvUsd(group[name]) : csvCell(group[name]);
}

function isMoney(name: ColumnName): boolean {
  return columnOf(name).unit === 'nanoUsd';
}

function isKnown(group: UsageGroup, name: ColumnName): boolean {
  if (holderOf(name) === 'usage') return areCountsKnown(group);
  // What was refused is summed apart from what anything is known to cost.
  return holderOf(name) !== 'cost' || isCostKnown(group);
}

function areCountsKnown(group: UsageGroup): boolean {
  const { unmetered, billed } = group.standings;
  return hasTokens(group) || unmetered + billed === 0;
}

function entriesOf<K extends string>(places: Readonly<Record<K, number>>): [K, number][] {
  return Object.entries(places) as [K, number][];
}
