import type { Ledger } from '../../core/ledger/ledger-api.js';
import type { RequestInput } from '../../shared/ipc.js';
import type { PricedExchange } from '../../shared/usage.js';

/** Records looked through at most for those of an outcome. */
const PAGES = 20;

/** The newest exchanges, newest first. The ledger does not sort by outcome, so its answers are looked through. */
export async function latestExchanges(
  ledger: Pick<Ledger, 'latest'>,
  { outcome, ...query }: RequestInput<'usage:latest'>,
): Promise<readonly PricedExchange[]> {
  if (outcome === undefined) return ledger.latest(query);
  const found = new Map<string, PricedExchange>();
  let { until } = query;
  for (let page = 0; page < PAGES && found.size < query.limit; page++) {
    const records = await ledger.latest({ ...query, limit: 500, until });
    for (const record of records) if (record.outcome === outcome) found.set(record.id, record);
    const oldest = records.at(-1);
    if (records.length < 500 || oldest === undefined || oldest.startedAt + 1 === until) break;
    // The range is half-open, and others may have begun in the same millisecond.
    until = oldest.startedAt + 1;
  }
  return [...found.values()].slice(0, query.limit);
}
