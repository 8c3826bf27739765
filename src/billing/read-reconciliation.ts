import type { Account } from '../session/account.js';
import type { Reconciliation } from '../shared/reconciliation.js';
import type { ActiveExchange, UsageGroup, UsageQuery } from '../shared/usage.js';
import { dayFrom, daysOfUtc, reconcile, startsOfDays } from './reconcile.js';

export interface ReconciliationSources {
  readonly account: Pick<Account, 'billedUsage'>;
  /** The project that the service is asked about: its exchanges are compared, and no others. */
  readonly projectId: string | undefined;
  readonly byModel: (query: UsageQuery) => UsageGroup[] | Promise<UsageGroup[]>;
  readonly active: readonly ActiveExchange[];
}

/**
 * Asks service and ledger about a period and puts the answers side by side. Undefined: the user may not see what was
 * billed. Rejects as Account does.
 */
export async function readReconciliation(
  period: { readonly since: number; readonly until?: number | undefined },
  { account, projectId, byModel, active }: ReconciliationSources,
  now: number = Date.now(),
): Promise<Reconciliation | undefined> {
  const { since, until } = daysOfUtc(period, now);
  const billed = await account.billedUsage(until < now ? { since, until } : { since });
  if (!billed) return undefined;
  const estimates = await Promise.all(
    startsOfDays({ since, until }).map(async (at) => ({
      at,
      groups: await byModel({ ...dayFrom(at, until), projectId }),
    })),
  );
  return reconcile({ since, until, estimates, billed, active });
}
