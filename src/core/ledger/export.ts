import { STANDINGS, type UsageGroup } from '../../shared/usage.js';

const NANO_PER_USD = 1e9;

/** Rows of a breakdown as CSV (RFC 4180); costs in USD. */
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
      group.inputTokens,
      group.cacheReadInputTokens,
      group.cacheCreationInputTokens,
      group.outputTokens,
      group.reasoningOutputTokens,
      (group.costNanoUsd / NANO_PER_USD).toFixed(9),
      (group.surchargeNanoUsd / NANO_PER_USD).toFixed(9),
      ...STANDINGS.map((standing) => group.standings[standing]),
    ].map(csvCell),
  );
  return [head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Names come from user agents and answers: a spreadsheet must not take one for a formula. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
