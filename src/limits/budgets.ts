import { stampOf } from '../files/file-stamp.js';
import type { Ledger } from '../ledger/ledger-api.js';
import type { Budget, BudgetState } from '../shared/budgets.js';
import { MeshbarError } from '../shared/errors.js';
import type { PricedExchange } from '../shared/usage.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import type { BudgetBook } from './budget-book.js';
import { budgetPeriodAt, type PeriodRange } from './budget-period.js';
import { addSpent, budgetStateOf, isInScope, NOTHING_SPENT, queryOf, type Spent, spentOf } from './budget-sum.js';

/** Budgets as shells hold them: what is written down, and how it stands. */
export interface Budgets extends Pick<BudgetBook, 'set' | 'remove' | 'lift'> {
  /** How each stands now, limits of keys included. */
  readonly states: readonly BudgetState[];
  /** Told after spending, refusing, a new period and each change of the budgets; at most once a turn of the event loop. */
  onChange(listener: (states: readonly BudgetState[]) => void): () => void;
  /** Told once a period for each alert that is reached while this process runs. */
  onAlert(listener: (state: BudgetState) => void): () => void;
}

/** The same with what the engine needs of it. */
export interface BudgetKeeper extends Budgets {
  /** Resolves when the ledger has said what is spent; with no budgets it is not asked. Never rejects. */
  ready(): Promise<void>;
  /**
   * The budget for which an exchange that bills may not be made; undefined: it may. Synchronous once the sums are known;
   * the work does not grow with what is recorded.
   */
  admit(exchange: {
    projectId: string;
    keyId?: string | undefined;
  }): BudgetState | undefined | Promise<BudgetState | undefined>;
  close(): void;
}

export interface BudgetKeeperOptions {
  readonly book: BudgetBook;
  readonly ledger: Pick<Ledger, 'status' | 'totals' | 'onAppended' | 'onSettled'>;
  readonly onProblem: (problem: Statement) => void;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** How often to look for what other processes wrote. */
  readonly pollMs?: number;
}

const POLL_MS = 60_000;

/** One budget and its running sum. */
interface Tracked {
  budget: Budget;
  range: PeriodRange;
  /** Undefined until the ledger has answered. */
  spent: Spent | undefined;
  /** The highest alert that has been told, or was reached before this process looked. */
  told: number | undefined;
  refused: number;
  seeding: Promise<void> | undefined;
}

/**
 * Running sums, seeded from the ledger and counted on with what it writes: an exchange counts when it has ended and is
 * recorded, in the period in which it began.
 */
export function createBudgets(options: BudgetKeeperOptions): BudgetKeeper {
  const { book, ledger, onProblem, now = Date.now, pollMs = POLL_MS } = options;
  const changeListeners = new Set<(states: readonly BudgetState[]) => void>();
  const alertListeners = new Set<(state: BudgetState) => void>();
  const groups = { budgets: createGroup(book.budgets), keyLimits: createGroup(book.keyLimits) };
  let changeTold = true;
  let ledgerStamp = '';
  let troubled = false;
  let closed = false;

  /** Follows one of the book's lists; its `tracked` are looked at again with each call. */
  function createGroup(list: () => readonly Budget[]): () => readonly Tracked[] {
    let source: readonly Budget[] | undefined;
    let tracked: readonly Tracked[] = [];
    return () => {
      const current = list();
      if (current !== source) {
        source = current;
        tracked = current.map((budget) => continued(tracked, budget));
        changed();
      }
      for (const one of tracked) rollOver(one);
      return tracked;
    };
  }

  /** A budget that was changed keeps the sum of its scope and period, but tells its alerts again. */
  function continued(before: readonly Tracked[], budget: Budget): Tracked {
    const same = before.find((one) => one.budget.id === budget.id && one.budget.period === budget.period);
    if (same) {
      if (JSON.stringify(same.budget) !== JSON.stringify(budget)) same.told = undefined;
      same.budget = budget;
      settleAlerts(same);
      return same;
    }
    const range = budgetPeriodAt(now(), budget.period);
    const fresh: Tracked = { budget, range, spent: undefined, told: undefined, refused: 0, seeding: undefined };
    void seed(fresh);
    return fresh;
  }

  function rollOver(one: Tracked): void {
    const at = now();
    if (at >= one.range.start && at < one.range.end) return;
    one.range = budgetPeriodAt(at, one.budget.period);
    Object.assign(one, { spent: NOTHING_SPENT, told: 0, refused: 0 });
    // What another process has spent in it.
    void seed(one);
    changed();
  }

  /** Asks the ledger. What it writes meanwhile is in its answer: it answers in the order it was asked. */
  function seed(one: Tracked): Promise<void> {
    one.seeding ??= ask(one).finally(() => {
      one.seeding = undefined;
    });
    return one.seeding;
  }

  async function ask(one: Tracked): Promise<void> {
    const { range } = one;
    try {
      const totals = await ledger.totals(queryOf(one.budget.scope, range));
      troubled = false;
      if (one.range !== range) return ask(one);
      one.spent = spentOf(totals);
    } catch (error) {
      if (closed) return;
      // Exchanges pass on, as whenever the ledger fails. The next poll asks again.
      one.spent ??= NOTHING_SPENT;
      if (!troubled) {
        const why = error instanceof MeshbarError ? error : new MeshbarError('ledger_unavailable', { why: 'silent' });
        onProblem(say('limits.spentUnknown', { problem: why.facts }));
      }
      troubled = true;
    }
    settleAlerts(one);
    changed();
  }

  function stateNow(one: Tracked): BudgetState {
    const liftedUntil = book.liftedUntil(one.budget.id);
    return budgetStateOf(one.budget, one.range, one.spent, { liftedUntil, refused: one.refused });
  }

  /** Tells an alert that was reached since the last time; what had been reached at first is not told. */
  function settleAlerts(one: Tracked): void {
    if (one.spent === undefined) return;
    const state = stateNow(one);
    const before = one.told;
    one.told = Math.max(before ?? 0, state.level);
    if (before !== undefined && state.level > before) for (const listener of alertListeners) listener(state);
  }

  function changed(): void {
    if (!changeTold) return;
    changeTold = false;
    setImmediate(() => {
      changeTold = true;
      const states = statesNow();
      for (const listener of changeListeners) listener(states);
    });
  }

  const all = (): Tracked[] => [...groups.budgets(), ...groups.keyLimits()];
  const statesNow = () => all().map(stateNow);

  const stopListening = ledger.onAppended((records: readonly PricedExchange[]) => {
    for (const one of all()) {
      const before = one.spent;
      if (before === undefined) continue;
      for (const record of records) {
        const { startedAt } = record;
        if (startedAt < one.range.start || startedAt >= one.range.end) continue;
        if (isInScope(one.budget.scope, record)) one.spent = addSpent(one.spent as Spent, record);
      }
      if (one.spent === before) continue;
      settleAlerts(one);
      changed();
    }
  });

  const stopFollowingBills = ledger.onSettled(({ before }) => {
    for (const one of all()) {
      const { start, end } = one.range;
      if (before.startedAt < start || before.startedAt >= end) continue;
      if (isInScope(one.budget.scope, before)) void seed(one);
    }
  });

  /** Another process may have written to the ledger, or changed a budget, or midnight has passed. */
  function poll(): void {
    const tracked = all();
    if (tracked.length === 0) return;
    const stamp = `${stampOf(ledger.status.path)} ${stampOf(`${ledger.status.path}-wal`)}`;
    if (stamp === ledgerStamp && !troubled) return;
    ledgerStamp = stamp;
    for (const one of tracked) void seed(one);
  }

  const timer = setInterval(poll, pollMs);
  timer.unref();

  function refusing(tracked: readonly Tracked[], exchange: Parameters<BudgetKeeper['admit']>[0]) {
    for (const one of tracked) {
      if (!one.budget.hardStop || !isInScope(one.budget.scope, exchange)) continue;
      const state = stateNow(one);
      if (!state.stopped) continue;
      one.refused += 1;
      changed();
      return { ...state, refused: one.refused };
    }
    return undefined;
  }

  async function afterChange<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    await Promise.all(all().map(({ seeding }) => seeding));
    changed();
    return result;
  }

  return {
    get states() {
      return statesNow();
    },
    set: (wanted) => afterChange(book.set(wanted)),
    remove: (id) => afterChange(book.remove(id)),
    lift: (selector) => afterChange(book.lift(selector)),
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onAlert(listener) {
      alertListeners.add(listener);
      return () => alertListeners.delete(listener);
    },
    async ready() {
      await Promise.all(all().map(({ seeding }) => seeding));
    },
    admit(exchange) {
      // Limits of keys concern those alone who show one: the keys' file is not looked at for others.
      const tracked = exchange.keyId === undefined ? groups.budgets() : all();
      if (tracked.length === 0) return undefined;
      const unknown = tracked.filter(({ spent }) => spent === undefined);
      if (unknown.length === 0) return refusing(tracked, exchange);
      return Promise.all(unknown.map(({ seeding }) => seeding)).then(() => refusing(tracked, exchange));
    },
    close() {
      closed = true;
      clearInterval(timer);
      stopListening();
      stopFollowingBills();
    },
  };
}
