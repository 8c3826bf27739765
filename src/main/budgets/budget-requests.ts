import type { AppEngine } from '../engine/app-engine.js';
import type { Requests } from '../ipc/requests.js';

export function registerBudgetRequests({ requests, engine }: { requests: Requests; engine: AppEngine }): void {
  requests.handle('budgets:set', ({ alerts, ...budget }) =>
    engine.current.budgets.set({ ...budget, ...(alerts ? { alerts } : {}) }),
  );
  requests.handle('budgets:remove', ({ id }) => engine.current.budgets.remove(id));
  requests.handle('budgets:lift', ({ id }) => engine.current.budgets.lift(id));
}
