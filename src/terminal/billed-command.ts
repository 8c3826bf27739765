import { readReconciliation } from '../billing/read-reconciliation.js';
import { csvCell, csvLine, csvUsd } from '../ledger/csv.js';
import { openReader } from '../ledger/reader.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import type { ReconciledUsage, Reconciliation } from '../shared/reconciliation.js';
import { sumsOf } from '../shared/reconciliation-sums.js';
import { formatMoney, formatNumber, UNKNOWN } from '../words/format.js';
import { t } from '../words/index.js';
import { print } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';
import { withSession } from './with-session.js';

export interface BilledOptions {
  readonly json: boolean;
  readonly csv: boolean;
}

/** Compares what was estimated with what MeshAgent billed, for each day and model; gives the exit code. */
export function runBilled(period: { since: number; until?: number }, options: BilledOptions): Promise<number> {
  return withSession(async (session, account) => {
    const reader = openReader(meshbarPaths().ledger);
    try {
      const found = await readReconciliation(period, {
        account,
        projectId: (await session.project())?.id,
        byModel: (query) => reader?.breakdown({ ...query, by: 'model' }) ?? [],
        active: [],
      });
      if (!found) {
        throw new MeshbarError('account_forbidden', { why: 'billed' });
      }
      if (options.json) print(JSON.stringify(shownJson(found), null, 2));
      else if (options.csv) process.stdout.write(csvOf(found.rows));
      else if (found.rows.length === 0) print(t('terminal.usage.billed.nothing'));
      else print(textOf(found));
    } finally {
      reader?.close();
    }
  });
}

/** Unknown is null here: a key that is missing looks like a mistake. */
function shownJson({ since, until, billedAt, rows }: Reconciliation): object {
  return {
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
    billedAt: new Date(billedAt).toISOString(),
    rows: rows.map((row) => ({
      day: row.day ?? null,
      providerName: row.providerName ?? null,
      model: row.model,
      exchanges: row.exchanges,
      estimateNanoUsd: row.estimateNanoUsd ?? null,
      billedNanoUsd: row.billedNanoUsd ?? null,
      differenceNanoUsd: row.differenceNanoUsd ?? null,
      reasons: row.reasons,
    })),
  };
}

function csvOf(rows: readonly ReconciledUsage[]): string {
  const head = 'day,provider_name,model,exchanges,estimate_usd,billed_usd,difference_usd,reasons';
  const lines = rows.map((row) => [
    csvCell(row.day),
    csvCell(row.providerName),
    csvCell(row.model),
    csvCell(row.exchanges),
    csvUsd(row.estimateNanoUsd),
    csvUsd(row.billedNanoUsd),
    csvUsd(row.differenceNanoUsd),
    csvCell(row.reasons.join(' ')),
  ]);
  return [head.split(','), ...lines].map(csvLine).join('');
}

function textOf({ rows }: Reconciliation): string {
  const cells = rows.map((row) => [
    row.day ?? t('terminal.usage.billed.allDays'),
    plainText(row.model),
    formatNumber(row.exchanges),
    `${row.atLeast && row.estimateNanoUsd !== undefined ? '≥' : ''}${formatMoney(row.estimateNanoUsd)}`,
    formatMoney(row.billedNanoUsd),
    differenceText(row),
    row.reasons.map((reason) => t(`billed.reason.${reason}`)).join(', '),
  ]);
  const head = [
    t('terminal.usage.billed.head.day'),
    t('terminal.usage.head.model'),
    t('terminal.usage.billed.head.requests'),
    t('terminal.usage.billed.head.estimate'),
    t('terminal.usage.billed.head.billed'),
    t('terminal.usage.billed.head.difference'),
    '',
  ];
  const { estimateNanoUsd, isWhole, billedNanoUsd } = sumsOf(rows);
  const mark = isWhole || estimateNanoUsd === undefined ? '' : '≥';
  const sum = t('terminal.usage.billed.sum', {
    estimate: `${mark}${formatMoney(estimateNanoUsd)}`,
    billed: formatMoney(billedNanoUsd),
  });
  return `${alignedLeftAtTheEnd(head, cells)}\n${t('terminal.usage.billed.included', { sum })}`;
}

/** The last column is prose, aligned to the left. */
function alignedLeftAtTheEnd(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = table(
    head.slice(0, -1),
    rows.map((row) => row.slice(0, -1)),
    2,
  ).split('\n');
  return lines.map((line, i) => `${line}  ${(i === 0 ? head : rows[i - 1])?.at(-1) ?? ''}`.trimEnd()).join('\n');
}

function differenceText({ differenceNanoUsd, reasons }: ReconciledUsage): string {
  if (differenceNanoUsd === undefined) return UNKNOWN;
  if (reasons.length === 0 && Math.abs(differenceNanoUsd) <= 1000) return t('terminal.usage.billed.noDifference');
  return `${differenceNanoUsd > 0 ? '+' : ''}${formatMoney(differenceNanoUsd)}`;
}
