import type { AppEngine } from '../engine/app-engine.js';
import type { Requests } from '../ipc/requests.js';
import type { Today } from './today.js';
import { usageParts } from './usage-parts.js';
import { usageNow } from './usage-pushes.js';
import { sinceOf, usageView } from './usage-view.js';

export interface UsageRequestsOptions {
  readonly requests: Requests;
  readonly engine: AppEngine;
  readonly today: Today;
}

export function registerUsageRequests({ requests, engine, today }: UsageRequestsOptions): void {
  /** When the proxy was started, or, before its first start, when the app was. */
  let sessionStart = Date.now();
  engine.onChange(() => {
    const { state } = engine.current;
    if (state.status === 'running') sessionStart = state.proxy.startedAt;
  });

  requests.handle('usage:now', () => usageNow(engine, today));
  requests.handle('usage:view', (input) => usageView(engine.current, input, sessionStart));
  requests.handle('usage:parts', ({ period }) => usageParts(engine.current, sinceOf(period, sessionStart)));
  requests.handle('usage:latest', (query) => engine.current.ledger.latest(query));
  requests.handle('usage:billed', ({ period }) => engine.current.reconcile({ since: sinceOf(period, sessionStart) }));
  requests.handle('prices:priceable', async () => (await engine.current.ledger.reprice({ dryRun: true })).priced);
  requests.handle('prices:reprice', async () => {
    await engine.current.ledger.reprice({ dryRun: false });
    await today.refresh();
  });
}
