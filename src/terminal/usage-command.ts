import { groupsToCsv, groupsToJson } from '../ledger/export-totals.js';
import { openReader } from '../ledger/reader.js';
import { createKeys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import { addTotals, EMPTY_TOTALS } from '../shared/totals.js';
import type { UsageDimension, UsageGroup, UsageQuery } from '../shared/usage.js';
import { t } from '../words/index.js';
import { totalsLine, usageTable } from './lines.js';
import { EXIT, print, printError, printStatement } from './output.js';
import { periodOf } from './period.js';

export interface UsageCommandOptions {
  readonly since: string;
  readonly until?: string;
  readonly by: UsageDimension;
  readonly json: boolean;
  readonly csv: boolean;
  /** Compare with what MeshAgent billed. */
  readonly billed: boolean;
}

/** Reads the ledger, and only reads it; a machine without one has used nothing yet. */
export async function runUsage(options: UsageCommandOptions): Promise<number> {
  try {
    const period = periodOf(options, Date.now());
    if (options.billed) {
      const { runBilled } = await import('./billed-command.js');
      return await runBilled(period, options);
    }
    const found = readGroups({ ...period, by: options.by });
    const groups = options.by === 'key' ? await withLabels(found) : found;
    if (options.json) print(JSON.stringify(groupsToJson(groups), null, 2));
    else if (options.csv) process.stdout.write(groupsToCsv(groups));
    else if (groups.length === 0) print(t('terminal.usage.nothing'));
    else print(`${usageTable(groups, options.by)}\n${totalsLine(groups.reduce(addTotals, EMPTY_TOTALS))}`);
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return error instanceof MeshbarError && error.code === 'invalid_option' ? EXIT.usage : EXIT.failed;
  }
}

function readGroups(query: UsageQuery & { by: UsageCommandOptions['by'] }): UsageGroup[] {
  const reader = openReader(meshbarPaths().ledger);
  if (!reader) return [];
  try {
    return reader.breakdown(query);
  } finally {
    reader.close();
  }
}

/** Labels the keys; one that is no longer known keeps its id. */
async function withLabels(groups: readonly UsageGroup[]): Promise<UsageGroup[]> {
  const keys = await createKeys({ path: meshbarPaths().keys, onProblem: printStatement }).list();
  const labels = new Map(keys.map(({ id, label }) => [id, label]));
  return groups.map((group) => ({
    ...group,
    label: group.key === '' ? t('terminal.usage.sharedKey') : (labels.get(group.key) ?? group.key),
  }));
}
