import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine/types.js';
import { RESTARTING_SETTINGS } from '../../settings/app-settings.js';
import type { ProxyConfig } from '../../settings/config.js';
import type { MeshbarPaths } from '../../settings/paths.js';
import { pick } from '../../settings/table.js';
import type { BudgetState } from '../../shared/budgets.js';
import type { PricedExchange } from '../../shared/usage.js';
import { type Demo, startDemo } from '../../simulator/demo/start-demo.js';
import type { Statement } from '../../words/index.js';

export interface AppEngineOptions {
  readonly version: string;
  readonly ledgerWorker: string;
  readonly paths: MeshbarPaths;
  /** From the settings, read again for each start. */
  readonly config: () => ProxyConfig;
  readonly onProblem: (problem: Statement) => void;
}

interface StopOptions {
  /** Milliseconds for what is in flight; else what the engine's options say. */
  readonly graceMs?: number;
}

/** The engine that the app shows, which is another one when a person has left the demo. Listeners stay. */
export interface AppEngine {
  readonly current: Engine;
  readonly isDemo: boolean;
  /** The proxy, the session, or which engine it is has changed. */
  onChange(listener: () => void): () => void;
  onActivity(listener: () => void): () => void;
  onAppended(listener: (records: readonly PricedExchange[]) => void): () => void;
  /** A bill has changed what was recorded. */
  onSettled(listener: () => void): () => void;
  /** A budget was changed, or what is spent of one. */
  onBudgets(listener: () => void): () => void;
  /** A budget has reached one of its alerts. */
  onBudgetAlert(listener: (state: BudgetState) => void): () => void;
  /** Rejects with MeshbarError, and the state tells the failure. */
  start(): Promise<void>;
  stop(options?: StopOptions): Promise<void>;
  /** Takes new options: they hold from the next start on. */
  configure(): void;
  /** stop() and start(), unless somebody asks for something else meanwhile. */
  restart(options?: StopOptions): Promise<void>;
  /** From the simulator to the user's own session. Rejects with MeshbarError, and then the demo stays. */
  leaveDemo(): Promise<void>;
  close(): Promise<void>;
}

/** Rejects with MeshbarError if the ledger can't be opened. */
export async function createAppEngine(options: AppEngineOptions, wantsDemo: boolean): Promise<AppEngine> {
  const changed = new Set<() => void>();
  const active = new Set<() => void>();
  const appended = new Set<(records: readonly PricedExchange[]) => void>();
  const settled = new Set<() => void>();
  const budgets = new Set<() => void>();
  const alerts = new Set<(state: BudgetState) => void>();
  let demo: Demo | undefined = wantsDemo ? await startDemo() : undefined;
  let current = await build(demo);
  let leaving: Promise<void> | undefined;
  let isClosed = false;
  /** Counts what people ask for: a restart that waits for its stop gives way to what was asked after it. */
  let wishes = 0;

  async function build(demo: Demo | undefined): Promise<Engine> {
    const { version, ledgerWorker, onProblem } = options;
    const built = await createEngine({
      version,
      ledgerWorker,
      onProblem,
      ...(demo
        ? {
            config: { ...options.config(), ...demo.config, bearer: 'meshbar-demo' },
            env: demo.env,
            paths: demo.paths,
            // What the demo is told to keep must not reach the settings that the meshagent command shares.
            homedir: demo.paths.home,
          }
        : { config: options.config(), paths: options.paths }),
    });
    built.onState(tellChanged);
    built.session.onState(tellChanged);
    built.onActivity(() => tell(active));
    built.ledger.onAppended((records) => {
      for (const listener of appended) listener(records);
    });
    built.ledger.onSettled(() => tell(settled));
    built.budgets.onChange(() => tell(budgets));
    built.budgets.onAlert((state) => {
      for (const listener of alerts) listener(state);
    });
    await built.session.ready();
    return built;
  }

  function tell(listeners: Set<() => void>): void {
    for (const listener of listeners) listener();
  }

  function tellChanged(): void {
    tell(changed);
  }

  function configure(): void {
    // Not all of it: to the demo, MeshAgent is the simulator.
    current.configure(pick(options.config(), RESTARTING_SETTINGS));
  }

  async function start(): Promise<void> {
    // An engine that is being closed would listen with nobody to stop it.
    await leaving?.catch(() => {});
    configure();
    const proxy = await current.start();
    demo?.begin(proxy);
  }

  async function stop(stopOptions?: StopOptions): Promise<void> {
    demo?.end();
    await current.stop(stopOptions);
  }

  /** The user's own engine comes first: where it can't be had, the demo stays, and can be left later. */
  async function leave(left: Demo): Promise<void> {
    const own = await build(undefined);
    if (isClosed) {
      await own.close();
      return;
    }
    wishes += 1;
    left.end();
    await current.close();
    await left.close();
    demo = undefined;
    current = own;
    tellChanged();
  }

  return {
    get current() {
      return current;
    },
    get isDemo() {
      return demo !== undefined;
    },
    onChange(listener) {
      changed.add(listener);
      return () => changed.delete(listener);
    },
    onActivity(listener) {
      active.add(listener);
      return () => active.delete(listener);
    },
    onAppended(listener) {
      appended.add(listener);
      return () => appended.delete(listener);
    },
    onSettled(listener) {
      settled.add(listener);
      return () => settled.delete(listener);
    },
    onBudgets(listener) {
      budgets.add(listener);
      return () => budgets.delete(listener);
    },
    onBudgetAlert(listener) {
      alerts.add(listener);
      return () => alerts.delete(listener);
    },
    start() {
      wishes += 1;
      return start();
    },
    stop(stopOptions) {
      wishes += 1;
      return stop(stopOptions);
    },
    configure,
    async restart(stopOptions) {
      wishes += 1;
      const wish = wishes;
      await stop(stopOptions);
      if (wish === wishes) await start();
    },
    async leaveDemo() {
      if (!demo) return;
      leaving ??= leave(demo).finally(() => {
        leaving = undefined;
      });
      await leaving;
    },
    async close() {
      wishes += 1;
      isClosed = true;
      demo?.end();
      await current.close();
      await demo?.close();
      await leaving?.catch(() => {});
      // Had the demo been closed already, the user's own has taken its place meanwhile.
      await current.close();
    },
  };
}
