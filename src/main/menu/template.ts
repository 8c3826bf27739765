import { type AppStatus, remedyOf, type StatusRemedy } from '../../shared/app-status.js';
import type { BudgetState } from '../../shared/budgets.js';
import { budgetsNearLimit } from '../../shared/budgets.js';
import { SHELLS, type Shell, shellsFrom } from '../../shared/env-block.js';
import type { AppState, View } from '../../shared/ipc.js';
import { proxyUrl } from '../../shared/proxy-url.js';
import type { Project } from '../../shared/session.js';
import type { UsageTotals } from '../../shared/usage.js';
import { stopText, untilText, usedText } from '../../words/format-budget.js';
import { statusReason, statusTitle } from '../../words/format-status.js';
import { costText, tokensText } from '../../words/format-totals.js';
import { t } from '../../words/index.js';
import type { OwnRequest } from '../ipc/requests.js';
import type { SharedState } from '../state/app-state.js';

/** The menu of the tray as a value. On Linux a click may never reach the icon, so it holds everything. Pure. */

/** What an entry does: what a window could ask for too, or what only the menu needs. */
export type MenuAction = OwnRequest | { readonly open: View | undefined } | { readonly reload: 'projects' };

export interface MenuEntry {
  readonly label?: string;
  /** Normal, if left out. */
  readonly type?: 'separator' | 'checkbox' | 'radio' | 'submenu';
  readonly checked?: boolean;
  readonly enabled?: boolean;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuEntry[];
  readonly action?: MenuAction;
}

export type ProjectList =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'known'; readonly projects: readonly Project[] };

export interface MenuModel {
  readonly state: SharedState;
  readonly today: UsageTotals | undefined;
  readonly projects: ProjectList;
}

const SEPARATOR: MenuEntry = { type: 'separator' };
/** Longer menus are no help: the window has a search. */
const MOST_PROJECTS = 20;
const LONGEST_LINE = 100;

export function menuTemplate({ state, today, projects }: MenuModel): MenuEntry[] {
  const { settings } = state;
  return [
    ...statusEntries(state.status),
    ...budgetEntries(state),
    ...(state.demo ? [line(t('app.menu.demo'))] : []),
    ...proxyEntries(state),
    SEPARATOR,
    copyEnv(t('app.menu.copyEnv', { shell: t(`shell.${settings.defaultShell}`) }), settings.defaultShell),
    { label: t('app.menu.copyEnvAs'), type: 'submenu', submenu: shellEntries(settings.defaultShell) },
    { label: t('app.menu.copyKey'), action: { ask: 'env:copy', input: { kind: 'local-key' } } },
    SEPARATOR,
    ...todayEntries(today, settings),
    SEPARATOR,
    { label: projectLabel(state, projects), type: 'submenu', submenu: projectEntries(state, projects) },
    SEPARATOR,
    { label: t('app.menu.open'), ...shortcutOf(state), action: { open: undefined } },
    { label: t('app.menu.settings'), accelerator: 'CommandOrControl+,', action: { open: 'settings' } },
    {
      label: t('app.menu.launchAtLogin'),
      type: 'checkbox',
      checked: settings.launchAtLogin,
      action: { ask: 'settings:change', input: { launchAtLogin: !settings.launchAtLogin } },
    },
    updateEntry(state.update),
    SEPARATOR,
    { label: t('app.menu.quit'), accelerator: 'CommandOrControl+Q', action: { ask: 'app:quit', input: undefined } },
  ];
}

function line(label: string): MenuEntry {
  return { label: plain(label), enabled: false };
}

/** A menu is as wide as its longest line. */
function cut(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1)}…` : text;
}

/** An ampersand would underline the next letter and vanish. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}

function proxyEntries({ proxy, settings }: MenuModel['state']): MenuEntry[] {
  const url = proxy.status === 'running' ? proxy.url : proxyUrl(settings.host, settings.port);
  const address: MenuEntry = {
    label: t('app.menu.copyAddress', { url }),
    action: { ask: 'env:copy', input: { kind: 'address' } },
  };
  switch (proxy.status) {
    case 'running':
      return [{ label: t('app.menu.stopProxy'), action: { ask: 'proxy:stop', input: { now: false } } }, address];
    case 'starting':
      return [line(t('app.menu.starting')), address];
    case 'stopping':
      return [
        line(t('app.menu.stopping', { count: proxy.inFlight })),
        { label: t('app.menu.stopNow'), action: { ask: 'proxy:stop', input: { now: true } } },
        address,
      ];
    default:
      return [{ label: t('app.menu.startProxy'), action: { ask: 'proxy:start', input: undefined } }, address];
  }
}

/** What is not as somebody wanted it, and why; a way out where the entries below have none. */
function statusEntries(status: AppStatus): MenuEntry[] {
  const { cause } = status;
  if (!cause || cause.kind === 'budget_near' || cause.kind === 'draining') return [];
  const reason = statusReason(status);
  return [line(statusTitle(status)), ...(reason ? [line(cut(reason))] : []), ...wayOut(remedyOf(status))];
}

function wayOut(remedy: StatusRemedy | undefined): MenuEntry[] {
  switch (remedy) {
    case 'sign_in':
      return [{ label: t('app.menu.signIn'), action: ask('session:sign-in') }];
    case 'cancel_sign_in':
      return [{ label: t('app.menu.cancelSignIn'), action: ask('session:cancel-sign-in') }];
    case 'show_requests':
      return [{ label: t('app.menu.showRequests'), action: { open: 'requests' } }];
    default:
      return [];
  }
}

/** What is used up or nearly so, and the way to go on where requests are refused. */
function budgetEntries({ budgets, status: { cause } }: SharedState): MenuEntry[] {
  const told = cause?.kind === 'budget_used_up' ? cause.budget.id : undefined;
  return budgetsNearLimit(budgets).flatMap((state) => {
    if (!state.stopped) return [line(usedText(state))];
    const lift: MenuEntry = {
      label: plain(allowText(state)),
      action: { ask: 'budgets:lift', input: { id: state.id } },
    };
    return state.id === told ? [lift] : [line(stopText(state)), lift];
  });
}

function allowText(state: BudgetState): string {
  const { scope } = state;
  const until = untilText(state);
  if (scope.kind === 'key') return t('app.menu.allowKey', { label: scope.label, until });
  if (scope.kind === 'project') return t('app.menu.allowProject', { project: scope.projectId, until });
  return t('budget.allowUntil', { until });
}

function copyEnv(label: string, shell: Shell): MenuEntry {
  return { label, action: { ask: 'env:copy', input: { kind: 'env', shell } } };
}

function shellEntries(first: Shell): MenuEntry[] {
  return shellsFrom(SHELLS, first).map((shell) => copyEnv(t(`shell.${shell}`), shell));
}

function todayEntries(today: UsageTotals | undefined, { currencyFormat }: AppState['settings']): MenuEntry[] {
  if (!today) return [line(t('app.menu.todayUnknown'))];
  return [
    line(requestsText(today)),
    line(t('app.menu.tokensToday', { tokens: tokensText(today, today.inputTokens + today.outputTokens) })),
    line(t('app.menu.costToday', { cost: costText(today, { cents: currencyFormat === 'cents' }) })),
  ];
}

function requestsText({ exchanges, failed }: UsageTotals): string {
  if (failed === 0) return t('app.menu.requestsToday', { count: exchanges });
  return t('app.menu.requestsTodayFailed', { count: exchanges, failed });
}

/** Whether projects can be asked for. */
export function hasAccount({ session }: { readonly session: Pick<AppState['session'], 'status'> }): boolean {
  return session.status === 'signed_in' || session.status === 'environment' || session.status === 'offline';
}

function projectLabel(state: MenuModel['state'], projects: ProjectList): string {
  const { projectId } = state.session;
  if (!hasAccount(state)) return t('app.menu.project');
  if (projectId === undefined) return t('app.menu.projectMissing');
  const known = projects.status === 'known' ? projects.projects.find(({ id }) => id === projectId) : undefined;
  return plain(t('app.menu.projectIs', { project: known?.name ?? projectId }));
}

function projectEntries(state: MenuModel['state'], list: ProjectList): MenuEntry[] {
  if (state.session.status === 'signing_in') {
    return [
      line(t('app.menu.waitingForBrowser')),
      { label: t('app.menu.cancel'), action: ask('session:cancel-sign-in') },
    ];
  }
  if (!hasAccount(state)) return [{ label: t('app.menu.signInToMeshAgent'), action: ask('session:sign-in') }];
  if (list.status === 'loading') return [line(t('app.menu.loadingProjects'))];
  if (list.status === 'failed')
    return [line(list.reason), { label: t('app.menu.tryAgain'), action: { reload: 'projects' } }];
  if (list.projects.length === 0) return [line(t('app.menu.noProjects'))];
  const { projectId } = state.session;
  // The one in use comes first, so that it is never among those left out.
  const sorted = [...list.projects].sort((a, b) => Number(b.id === projectId) - Number(a.id === projectId));
  const shown = sorted.slice(0, MOST_PROJECTS).map(
    ({ id, name }): MenuEntry => ({
      label: plain(name),
      type: 'radio',
      checked: id === projectId,
      action: { ask: 'session:use-project', input: { id } },
    }),
  );
  if (sorted.length === shown.length) return shown;
  return [
    ...shown,
    SEPARATOR,
    { label: t('app.menu.allProjects', { count: sorted.length }), action: { open: 'settings' } },
  ];
}

function ask(name: 'session:sign-in' | 'session:cancel-sign-in'): MenuAction {
  return { ask: name, input: undefined };
}

/** Shown, not registered: the shell registers the shortcut for the whole system. */
function shortcutOf({ settings, shortcutProblem }: MenuModel['state']): { accelerator?: string } {
  return settings.shortcut && !shortcutProblem ? { accelerator: settings.shortcut } : {};
}

function updateEntry(update: AppState['update']): MenuEntry {
  switch (update.status) {
    case 'checking':
      return line(t('app.menu.update.checking'));
    case 'downloading':
      return line(t('app.menu.update.downloading', { version: update.version }));
    case 'ready':
      return {
        label: t('app.menu.update.ready', { version: update.version }),
        action: { ask: 'update:install', input: undefined },
      };
    case 'off':
      return line(t('app.menu.update.off'));
    case 'current':
    case 'failed':
      return { label: t(`app.menu.update.${update.status}`), action: { ask: 'update:check', input: undefined } };
    case 'idle':
      return { label: t('app.menu.update.check'), action: { ask: 'update:check', input: undefined } };
  }
}
