import { randomUUID } from 'node:crypto';
import type { Bill } from '../ledger/settle.js';
import type { Account } from '../session/account.js';
import { DAY_MS, HOUR_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import type { PricedExchange } from '../shared/usage.js';
import { EXCHANGE_ANNOTATION, labelOf } from './annotation.js';
import { billFrom } from './bill-rows.js';

/** The service's clock, and when it books, may be off ours by as much. */
const BEFORE_MS = HOUR_MS;
const AFTER_MS = DAY_MS;

/** MeshAgent gave usage of others for a label that nothing was sent with. */
export class UnfilteredError extends MeshbarError {}

/** Asks MeshAgent what single exchanges were billed, each in the project it was made in. */
export interface Bills {
  /**
   * What a labelled exchange was billed so far; undefined: nothing. Rejects with UnfilteredError where the service does
   * not tell usage apart by label, and as Account does.
   */
  billOf(exchange: PricedExchange, signal?: AbortSignal): Promise<Bill | undefined>;
}

/**
 * The first bill of each project is believed only if a label that nothing has gets none in the very same time: a service
 * that passes the label over would give the usage of everybody else, and that would be taken for one exchange's.
 */
export function createBills(account: Pick<Account, 'billedUnder'>): Bills {
  const filters = new Map<string, boolean>();

  return {
    async billOf({ id, projectId, startedAt, durationMs }, signal) {
      if (projectId === undefined || filters.get(projectId) === false) throw unfiltered();
      const ask = (label: string) =>
        account.billedUnder({
          projectId,
          annotations: { [EXCHANGE_ANNOTATION]: label },
          since: startedAt - BEFORE_MS,
          until: startedAt + durationMs + AFTER_MS,
          signal,
        });
      const label = labelOf({ id });
      const bill = billFrom(label, await ask(label));
      if (bill === undefined || filters.get(projectId)) return bill;
      const nobodys = await ask(`control-${randomUUID()}`);
      filters.set(projectId, nobodys.length === 0);
      if (nobodys.length > 0) throw unfiltered();
      return bill;
    },
  };
}

function unfiltered(): UnfilteredError {
  return new UnfilteredError('account_unavailable', { why: 'not_by_request' });
}
