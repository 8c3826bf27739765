import { existsSync } from 'node:fs';
import { meshbarPaths } from '../core/config.js';
import { groupsToCsv } from '../core/ledger/export.js';
import { createLedger } from '../core/ledger/ledger.js';
import { addTotals, EMPTY_TOTALS } from '../core/ledger/snapshot.js';
import { MeshbarError } from '../shared/errors.js';
import { formatMoney, formatTokens } from '../shared/format.js';
import type { UsageGroup } from '../shared/usage.js';
import { totalsLine } from './lines.js';
import { EXIT, print, printError } from './output.js';
import { table } from './table.js';

export interface UsageOptions {
  readonly since: string;
  readonly until?: string;
  readonly by: 'model' | 'tool' | 'day';
  readonly json: boolean;
  readonly csv: boolean;
}

/** Reads the ledger; a machine that has none yet has used nothing. */
export async function runUsage(options: UsageOptions): Promise<number> {
  try {
    const since = parseMoment(options.since, Date.now(), '--since');
    const until = options.until === undefined ? undefined : parseMoment(options.until, Date.now(), '--until');
    const groups = await readGroups({ since, until, by: options.by });
    if (options.json) print(JSON.stringify(groups, null, 2));
    else if (options.csv) process.stdout.write(groupsToCsv(groups));
    else printTable(groups, options.by);
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return error instanceof MeshbarError && error.code === 'invalid_option' ? EXIT.usage : EXIT.failed;
  }
}

async function readGroups(query: { since: number; until: number | undefined; by: UsageOptions['by'] }) {
  const { ledger: path } = meshbarPaths();
  if (!existsSync(path)) return [];
  const ledger = await createLedger({
    path,
    workerUrl: new URL('./ledger-worker.js', import.meta.url),
    onProblem: (message) => process.stderr.write(`meshbar: ${message}\n`),
  });
  try {
    return await ledger.breakdown(query);
  } finally {
    await ledger.close();
  }
}

function printTable(groups: readonly UsageGroup[], by: string): void {
  if (groups.length === 0) {
    print('No usage in that time.');
    return;
  }
  const rows = groups.map((group) => [
    group.key,
    String(group.exchanges),
    formatTokens(group.inputTokens),
    formatTokens(group.cacheReadInputTokens),
    formatTokens(group.outputTokens),
    costOfGroup(group),
  ]);
  print(table([by, 'requests', 'in', 'cached', 'out', 'cost'], rows));
  print(totalsLine(groups.reduce(addTotals, EMPTY_TOTALS)));
}

/** A sum in which nothing is known is unknown; one in which something is missing is "at least". */
function costOfGroup(group: UsageGroup): string {
  const { partial, unpriced, unmetered, measured } = group.standings;
  if (measured + partial === 0 && unpriced + unmetered > 0) return unpriced > 0 ? 'unpriced' : 'unmetered';
  return formatMoney(group.costNanoUsd + group.surchargeNanoUsd, { atLeast: partial + unpriced + unmetered > 0 });
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** "90m", "24h", "7d", "4w" before `now`, or a date that Date understands; Unix milliseconds. */
export function parseMoment(text: string, now: number, option: string): number {
  const span = /^(\d{1,6})([mhdw])$/.exec(text);
  if (span) return now - Number(span[1]) * (UNITS[span[2] as string] as number);
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`) : new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) {
    throw new MeshbarError('invalid_option', `${option} does not understand "${text.slice(0, 40)}".`, {
      hint: 'Use a span such as 24h or 7d, or a date such as 2026-01-31.',
    });
  }
  return date.getTime();
}
