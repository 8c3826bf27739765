import type { Engine } from '../../engine/types.js';
import type { Part } from '../../shared/ipc.js';
import type { UsageGroup } from '../../shared/usage.js';
import { t } from '../../words/index.js';

/** By key and by project only where there is more than one: otherwise they say nothing. */
export async function usageParts(engine: Pick<Engine, 'ledger'>, since: number): Promise<readonly Part[]> {
  const [keys, projects] = await Promise.all([
    engine.ledger.breakdown({ since, by: 'key' }),
    engine.ledger.breakdown({ since, by: 'project' }),
  ]);
  return [
    'model',
    'tool',
    ...(keys.length > 1 ? ['key' as const] : []),
    ...(projects.length > 1 ? ['project' as const] : []),
  ];
}

/** The groups with what people call their keys; one that is known no more keeps its id. */
export async function withKeyLabels(
  engine: Pick<Engine, 'keys'>,
  groups: readonly UsageGroup[],
): Promise<UsageGroup[]> {
  const labels = new Map((await engine.keys.list().catch(() => [])).map(({ id, label }) => [id, label]));
  return groups.map((group) => ({
    ...group,
    label: group.key === '' ? t('app.usage.sharedKey') : (labels.get(group.key) ?? group.key),
  }));
}
