import type { Engine } from '../../engine/types.js';
import { sinceOf } from './usage-view.js';

/** Names of the tools seen in the last week: those that may still be pointed at the proxy. Never rejects. */
export async function recentTools({ ledger }: Pick<Engine, 'ledger'>): Promise<string[]> {
  const groups = await ledger.breakdown({ since: sinceOf('7d', 0), by: 'tool' }).catch(() => []);
  return groups.map(({ key }) => key);
}
