import type { Core } from '../../engine/types.js';
import type { Part } from '../../shared/ipc.js';
import type { UsageGroup } from '../../shared/usage.js';

const SHARED_KEY = 'Shared key';

/** By key and by project only where there is more than one: otherwise they say nothing. */
export async function usageParts(core: Pick<Core, 'ledger'>, since: number): Promise<readonly Part[]> {
  const [keys, projects] = await Promise.all([
    core.ledger.breakdown({ since, by: 'key' }),
    core.ledger.breakdown({ since, by: 'project' }),
  ]);
  return [
    'model',
    'tool',
    ...(keys.length > 1 ? ['key' as const] : []),
    ...(projects.length > 1 ? ['project' as const] : []),
  ];
}

/** The groups with what people call their keys; one that is known no more keeps its id. */
export async function withKeyLabels(core: Pick<Core, 'keys'>, groups: readonly UsageGroup[]): Promise<UsageGroup[]> {
  const labels = new Map((await core.keys.list().catch(() => [])).map(({ id, label }) => [id, label]));
  return groups.map((group) => ({
    ...group,
    label: group.key === '' ? SHARED_KEY : (labels.get(group.key) ?? group.key),
  }));
}
