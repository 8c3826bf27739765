import { clipboard, shell, type WebContents } from 'electron';
import { type AppState, LINKS, type RequestName } from '../../shared/ipc.js';
import type { Settings } from '../../shared/settings.js';
import type { Copier } from '../copy/copier.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { NamedKeys } from '../keys/named-keys.js';
import { inAppWords, sentenceOf } from '../notices/app-words.js';
import type { Notices } from '../notices/notices.js';
import { chooseProject } from '../session/project-choice.js';
import { createSignIn } from '../session/sign-in.js';
import { consequencesOf, consequencesOfNewKey } from '../settings/consequences.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Today } from '../usage/today.js';
import { usageParts } from '../usage/usage-parts.js';
import { sinceOf, usageView } from '../usage/usage-view.js';
import type { Handlers } from './ipc.js';
import { usageNow } from './usage-pushes.js';

const DAY = 86_400_000;
const PROJECT_SOURCES = {
  '--project-id': 'option',
  MESHAGENT_PROJECT_ID: 'environment',
  settings: 'settings',
} as const;

export interface RequestsOptions {
  readonly engine: AppEngine;
  readonly settings: SettingsStore;
  readonly today: Today;
  readonly copier: Copier;
  readonly namedKeys: NamedKeys;
  readonly notices: Notices;
  readonly stateFor: (sender: WebContents) => AppState;
  /** Starts the proxy where that is wanted and can be. */
  readonly autostart: () => Promise<void>;
  readonly quit: () => void;
}

/** The requests that have to do with windows and updates, with tools, and with the doctor. */
type OtherHandlers = Pick<
  Handlers,
  | 'update:check'
  | 'update:install'
  | 'window:hide'
  | 'window:pop-out'
  | 'window:asked-view'
  | Extract<RequestName, `tools:${string}` | `check:${string}`>
>;

/** What each request of the contract does. */
export function createHandlers(options: RequestsOptions, others: OtherHandlers): Handlers {
  const { engine, settings, today, copier, namedKeys, notices, stateFor, autostart, quit } = options;
  const signIn = createSignIn(engine, (problem) => notices.add(sentenceOf(inAppWords(problem.toInfo()))));
  let sessionStart = Date.now();
  engine.onChange(() => {
    const { state } = engine.current;
    if (state.status === 'running') sessionStart = state.proxy.startedAt;
  });

  /** Tools of the last week: those that may be pointed at the proxy still. */
  async function recentTools(): Promise<string[]> {
    const groups = await engine.current.ledger.breakdown({ since: Date.now() - 7 * DAY, by: 'tool' }).catch(() => []);
    return groups.map(({ key }) => key);
  }

  async function changeSettings(changes: Partial<Settings>) {
    const before = settings.current;
    const now = {
      isRunning: engine.current.state.status === 'running',
      active: engine.current.active.length,
      drainMs: engine.current.config.drainMs,
    };
    const after = settings.change(changes);
    const tools = await recentTools();
    return { settings: after, consequences: consequencesOf(before, after, { ...now, tools }) };
  }

  return {
    'app:state': (_input, sender) => stateFor(sender),
    'app:quit': () => quit(),
    'app:open-link': ({ link }) => shell.openExternal(LINKS[link]),
    'app:dismiss-notice': ({ id }) => notices.dismiss(id),
    'proxy:start': () => engine.start(),
    'proxy:stop': ({ now }) => engine.stop(now ? { graceMs: 0 } : undefined),
    'usage:now': () => usageNow(engine, today),
    'usage:view': (input) => usageView(engine.current, input, sessionStart),
    'usage:parts': ({ period }) => usageParts(engine.current, sinceOf(period, sessionStart)),
    'usage:latest': (query) => engine.current.ledger.latest(query),
    'usage:billed': ({ period }) => {
      const days = { '24h': 1, '7d': 7, '30d': 30 }[period];
      return engine.current.reconcile({ since: Date.now() - days * DAY });
    },
    'prices:priceable': async () => (await engine.current.ledger.reprice({ dryRun: true })).priced,
    'prices:reprice': async () => {
      await engine.current.ledger.reprice({ dryRun: false });
      await today.refresh();
    },
    'env:preview': async (what) => ({ masked: await copier.preview(what) }),
    'env:copy': async (what) => ({ masked: await copier.copy(what) }),
    'text:copy': ({ text }) => clipboard.writeText(text),
    'key:show': async () => {
      const { key, source } = await engine.current.session.localKey();
      return { localKey: key, source };
    },
    'key:rotate': async () => {
      await engine.current.rotateLocalKey();
      return { consequences: consequencesOfNewKey(await recentTools()) };
    },
    'keys:list': () => namedKeys.list(),
    'keys:create': (wanted) => namedKeys.create(wanted),
    'keys:copy-new': ({ id }) => namedKeys.copyNew(id),
    'keys:put-away': () => namedKeys.putAway(),
    'keys:revoke': ({ id }) => engine.current.keys.revoke(id),
    'keys:limit': ({ id, limit }) => engine.current.keys.setLimit(id, limit),
    'budgets:set': ({ alerts, ...budget }) => engine.current.budgets.set({ ...budget, ...(alerts ? { alerts } : {}) }),
    'budgets:remove': ({ id }) => engine.current.budgets.remove(id),
    'budgets:lift': ({ id }) => engine.current.budgets.lift(id),
    'settings:change': changeSettings,
    'session:sign-in': () => signIn.begin(),
    'session:cancel-sign-in': () => signIn.cancel(),
    'session:sign-out': () => engine.current.session.signOut(),
    'session:profiles': () => engine.current.session.profiles(),
    'session:use-profile': ({ id }) => engine.current.session.useProfile(id),
    'session:projects': () => engine.current.account.projects(),
    'session:project-source': async () => {
      const choice = await engine.current.session.project();
      return choice && PROJECT_SOURCES[choice.source];
    },
    'session:use-project': ({ id }) => chooseProject(engine, id),
    'session:balance': () => engine.current.account.balance(),
    'overhead:read': () => engine.current.overhead(),
    'demo:leave': async () => {
      await engine.leaveDemo();
      await autostart();
    },
    ...others,
  };
}
