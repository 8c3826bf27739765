import type { ErrorInfo } from '../../shared/errors.js';
import type {
  Answer,
  Answers,
  AppState,
  Bridge,
  RequestInput,
  RequestName,
  UsagePush,
  View,
} from '../../shared/ipc.js';
import type { ActiveExchange, PricedExchange } from '../../shared/usage.js';
import { t } from '../../words/index.js';
import { isFailureOver, isShownByView } from './failures.js';

/** Narrows what a view shows to one model, one tool, or both. */
export interface UsageFilter {
  readonly model?: string;
  readonly tool?: string;
}

/** Why something that a person set off could not be done. */
export interface Toast {
  readonly id: number;
  readonly failureOf: RequestName;
  readonly text: string;
  readonly hint: string | undefined;
}

export interface StoreState {
  /** undefined until main has answered for the first time. */
  readonly app: AppState | undefined;
  readonly usage: UsagePush | undefined;
  /** Grows with each push in which exchanges ended, and whenever the window is looked at again. */
  readonly revision: number;
  readonly view: View;
  readonly filter: UsageFilter;
  /** The exchange whose detail the requests view should open; it may be older than those in its list. */
  readonly openExchange: ActiveExchange | PricedExchange | undefined;
  readonly toasts: readonly Toast[];
  /** When the news of a first request began that was dismissed last. */
  readonly firstRequestSeen: number;
}

/** What the window knows, fed by main's pushes, and the little it can do besides asking main. */
export interface Store {
  readonly state: StoreState;
  subscribe(listener: () => void): () => void;
  /** Called with exchanges as they end, oldest first. Returns its unsubscribe. */
  onEnded(listener: (records: readonly PricedExchange[]) => void): () => void;
  /** Asks main; an answer that never came is an error of code `internal`. */
  ask<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Answer<Answers[Name]>>;
  /** As `ask`, and shows a failure in a toast. Undefined then, and where there is nothing to answer. */
  attempt<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Answers[Name] | undefined>;
  show(view: View, openExchange?: ActiveExchange | PricedExchange): void;
  setFilter(filter: UsageFilter): void;
  /** Shows why a request failed, until it is dismissed, tried again, or over by itself. */
  toastFailure(of: RequestName, error: ErrorInfo): void;
  dismissToast(id: number): void;
  /** Dismisses the news of a first request; what begins after `at`, in Unix milliseconds, is shown again. */
  dismissFirstRequest(at: number): void;
  /** Asks for everything again, as when the window is looked at again. */
  refresh(): Promise<void>;
  /** Follows main's pushes. Returns what ends that. */
  connect(): () => void;
}

const TOASTS_KEPT = 3;

export function createStore(bridge: Bridge): Store {
  let state: StoreState = {
    app: undefined,
    usage: undefined,
    revision: 0,
    view: 'usage',
    filter: {},
    openExchange: undefined,
    toasts: [],
    firstRequestSeen: 0,
  };
  let lastToast = 0;
  const listeners = new Set<() => void>();
  const endListeners = new Set<(records: readonly PricedExchange[]) => void>();

  function set(changes: Partial<StoreState>): void {
    state = { ...state, ...changes };
    for (const listener of listeners) listener();
  }

  function takeApp(app: AppState): void {
    const before = state.app;
    const toasts = state.toasts.filter(({ failureOf }) => !before || !isFailureOver(failureOf, app, before));
    set({ app: withSameParts(before, app), ...(toasts.length < state.toasts.length ? { toasts } : {}) });
  }

  function endFailures(of: RequestName): void {
    const toasts = state.toasts.filter(({ failureOf }) => failureOf !== of);
    if (toasts.length < state.toasts.length) set({ toasts });
  }

  function takeUsage(usage: UsagePush): void {
    const ended = usage.ended.length > 0;
    set({ usage: withSameParts(state.usage, usage), revision: state.revision + (ended ? 1 : 0) });
    if (ended) for (const listener of endListeners) listener(usage.ended);
  }

  const store: Store = {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEnded(listener) {
      endListeners.add(listener);
      return () => endListeners.delete(listener);
    },
    async ask(name, input) {
      try {
        return await bridge.request(name, input);
      } catch {
        return { ok: false, error: { code: 'internal', message: t('app.frame.noAnswer') } satisfies ErrorInfo };
      }
    },
    async attempt(name, input) {
      endFailures(name);
      const answer = await store.ask(name, input);
      if (answer.ok) return answer.value;
      store.toastFailure(name, answer.error);
      return undefined;
    },
    show(view, openExchange) {
      set({ view, openExchange });
    },
    setFilter(filter) {
      set({ filter });
    },
    toastFailure(of, { code, message, hint }) {
      endFailures(of);
      // Whoever cancelled a sign-in knows that already.
      if (code === 'sign_in_cancelled' || isShownByView(of, state.view)) return;
      lastToast += 1;
      set({ toasts: [...state.toasts, { id: lastToast, failureOf: of, text: message, hint }].slice(-TOASTS_KEPT) });
    },
    dismissToast(id) {
      set({ toasts: state.toasts.filter((toast) => toast.id !== id) });
    },
    dismissFirstRequest(at) {
      set({ firstRequestSeen: Math.max(at, state.firstRequestSeen) });
    },
    async refresh() {
      const [app, usage] = await Promise.all([store.ask('app:state', undefined), store.ask('usage:now', undefined)]);
      if (app.ok) takeApp(app.value);
      if (usage.ok) takeUsage(usage.value);
      set({ revision: state.revision + 1 });
    },
    connect() {
      const ends = [
        bridge.on('push:state', takeApp),
        bridge.on('push:usage', takeUsage),
        bridge.on('push:show', (view) => store.show(view)),
      ];
      void store.ask('window:asked-view', undefined).then((asked) => {
        if (asked.ok && asked.value) store.show(asked.value);
      });
      return () => {
        for (const end of ends) end();
      };
    },
  };
  return store;
}

/** `after`, but with the object from before for each part that is equal: what shows that part is not rendered again. */
function withSameParts<T extends object>(before: T | undefined, after: T): T {
  if (!before) return after;
  const parts = { ...after };
  for (const name of Object.keys(after) as (keyof T)[]) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) parts[name] = before[name];
  }
  return parts;
}
