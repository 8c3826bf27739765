import { hasTokens } from '../shared/totals.js';
import { STANDINGS, type UsageGroup } from '../shared/usage.js';

const NANO_PER_USD = 1e9;

/** Rows of a breakdown as CSV (RFC 4180); costs in USD. A cell of which nothing is known is empty, not 0. */
export function groupsToCsv(groups: readonly UsageGroup[]): string {
  const head = [
    'key',
    'provider_name',
    'exchanges',
    'failed',
    'interrupted',
    'input_tokens',
    'cache_read_input_tokens',
    'cache_creation_input_tokens',
    'output_tokens',
    'reasoning_output_tokens',
    'cost_usd',
    'surcharge_usd',
    ...STANDINGS,
  ];
  const lines = groups.map((group) =>
    [
      group.key,
      group.providerName ?? '',
      group.exchanges,
      group.failed,
      group.interrupted,
      ...tokenCells(group),
      ...costCells(group),
      ...STANDINGS.map((standing) => group.standings[standing]),
    ].map(csvCell),
  );
  return [head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Rows of a breakdown as values for JSON; what nobody knows is null, not 0. */
export function groupsToJson(groups: readonly UsageGroup[]): object[] {
  return groups.map((group) => ({
    ...group,
    ...(tokensAreKnown(group) ? {} : Object.fromEntries(TOKEN_SUMS.map((name) => [name, null]))),
    ...(hasCost(group) ? {} : { costNanoUsd: null, surchargeNanoUsd: null }),
  }));
}

const TOKEN_SUMS = [
  'inputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
  'outputTokens',
  'reasoningOutputTokens',
] as const;

function tokensAreKnown(group: UsageGroup): boolean {
  const { unmetered, billed } = group.standings;
  return hasTokens(group) || unmetered + billed === 0;
}

function hasCost({ standings: { measured, billed, partial, unpriced, unmetered } }: UsageGroup): boolean {
  return measured + billed + partial > 0 || unpriced + unmetered === 0;
}

function tokenCells(group: UsageGroup): (number | string)[] {
  return TOKEN_SUMS.map((name) => (tokensAreKnown(group) ? group[name] : ''));
}

function costCells(group: UsageGroup): string[] {
  if (!hasCost(group)) return ['', ''];
  return [group.costNanoUsd, group.surchargeNanoUsd].map((nanoUsd) => (nanoUsd / NANO_PER_USD).toFixed(9));
}

/** Names come from user agents and answers: a spreadsheet must not take one for a formula. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
