import { type AppStatus, type Remedy, remedyOf } from '../../shared/app-status.js';
import type { BudgetState } from '../../shared/budgets.js';
import { budgetsNearLimit } from '../../shared/budgets.js';
import { SHELL_NAMES, SHELLS, type Shell, shellsFrom } from '../../shared/env-block.js';
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
/** Longer menus are no help; the window has a search. */
const MOST_PROJECTS = 20;
const LONGEST_LINE = 100;

export function menuTemplate({ state, today, projects }: MenuModel): MenuEntry[] {
  const { settings } = state;
  return [
    ...statusEntries(state.status),
    ...budgetEntries(state),
    ...(state.demo ? [line('Demo: nothing leaves this machine')] : []),
    ...proxyEntries(state),
    SEPARATOR,
    copyEnv(`Copy env exports · ${SHELL_NAMES[settings.defaultShell]}`, settings.defaultShell),
    { label: 'Copy env exports as', type: 'submenu', submenu: shellEntries(settings.defaultShell) },
    { label: 'Copy local key', action: { ask: 'env:copy', input: { kind: 'local-key' } } },
    SEPARATOR,
    ...todayEntries(today, settings),
    SEPARATOR,
    { label: projectLabel(state, projects), type: 'submenu', submenu: projectEntries(state, projects) },
    SEPARATOR,
    { label: 'Open Meshbar', ...shortcutOf(state), action: { open: undefined } },
    { label: 'Settings…', accelerator: 'CommandOrControl+,', action: { open: 'settings' } },
    {
      label: 'Launch at login',
      type: 'checkbox',
      checked: settings.launchAtLogin,
      action: { ask: 'settings:change', input: { launchAtLogin: !settings.launchAtLogin } },
    },
    updateEntry(state.update),
    SEPARATOR,
    { label: 'Quit Meshbar', accelerator: 'CommandOrControl+Q', action: { ask: 'app:quit', input: undefined } },
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
  const address: MenuEntry = { label: `Copy ${url}`, action: { ask: 'env:copy', input: { kind: 'address' } } };
  switch (proxy.status) {
    case 'running':
      return [{ label: 'Stop proxy', action: { ask: 'proxy:stop', input: { now: false } } }, address];
    case 'starting':
      return [line('Starting the proxy…'), address];
    case 'stopping':
      return [
        line(`Stopping: ${proxy.inFlight} ${proxy.inFlight === 1 ? 'request' : 'requests'} in flight`),
        { label: 'Stop now', action: { ask: 'proxy:stop', input: { now: true } } },
        address,
      ];
    default:
      return [{ label: 'Start proxy', action: { ask: 'proxy:start', input: undefined } }, address];
  }
}

/** What is not as somebody wanted it, and why; a way out where the entries below have none. */
function statusEntries(status: AppStatus): MenuEntry[] {
  const { cause } = status;
  if (!cause || cause.kind === 'budget_near' || cause.kind === 'draining') return [];
  const reason = statusReason(status);
  return [line(statusTitle(status)), ...(reason ? [line(cut(reason))] : []), ...wayOut(remedyOf(status))];
}

function wayOut(remedy: Remedy | undefined): MenuEntry[] {
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

/** What is used up or nearly so, and for what stops, the way to go on. */
function budgetEntries({ budgets, status: { cause } }: SharedState): MenuEntry[] {
  const told = cause?.kind === 'budget_used_up' ? cause.budget.id : undefined;
  return budgetsNearLimit(budgets).flatMap((state) => {
    if (!state.stopped) return [line(usedText(state))];
    const lift: MenuEntry = {
      label: plain(`Lift ${liftName(state)} until ${untilText(state)}`),
      action: { ask: 'budgets:lift', input: { id: state.id } },
    };
    return state.id === told ? [lift] : [line(stopText(state)), lift];
  });
}

function liftName({ scope, id }: BudgetState): string {
  return scope.kind === 'key' ? `the limit of the key “${scope.label}”` : `budget ${id}`;
}

function copyEnv(label: string, shell: Shell): MenuEntry {
  return { label, action: { ask: 'env:copy', input: { kind: 'env', shell } } };
}

function shellEntries(first: Shell): MenuEntry[] {
  return shellsFrom(SHELLS, first).map((shell) => copyEnv(SHELL_NAMES[shell], shell));
}

function todayEntries(today: UsageTotals | undefined, { currencyFormat }: AppState['settings']): MenuEntry[] {
  if (!today) return [line('Today: not known yet')];
  return [
    line(`Requests today: ${today.exchanges}${today.failed > 0 ? ` (${today.failed} failed)` : ''}`),
    line(`Tokens today: ${tokensText(today, today.inputTokens + today.outputTokens)}`),
    line(`Cost today, estimated: ${costText(today, { cents: currencyFormat === 'cents' })}`),
  ];
}

/** Whether projects can be asked for. */
export function hasAccount({ session }: { readonly session: Pick<AppState['session'], 'status'> }): boolean {
  return session.status === 'signed_in' || session.status === 'environment' || session.status === 'offline';
}

function projectLabel(state: MenuModel['state'], projects: ProjectList): string {
  const { projectId } = state.session;
  if (!hasAccount(state)) return 'Project';
  if (projectId === undefined) return 'Project: choose one';
  const known = projects.status === 'known' ? projects.projects.find(({ id }) => id === projectId) : undefined;
  return plain(`Project: ${known?.name ?? projectId}`);
}

function projectEntries(state: MenuModel['state'], list: ProjectList): MenuEntry[] {
  if (state.session.status === 'signing_in') {
    return [line('Waiting for your browser…'), { label: 'Cancel', action: ask('session:cancel-sign-in') }];
  }
  if (!hasAccount(state)) return [{ label: 'Sign in to MeshAgent…', action: ask('session:sign-in') }];
  if (list.status === 'loading') return [line('Loading projects…')];
  if (list.status === 'failed') return [line(list.reason), { label: 'Try again', action: { reload: 'projects' } }];
  if (list.projects.length === 0) return [line('There are no projects')];
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
  return [...shown, SEPARATOR, { label: `All ${sorted.length} projects…`, action: { open: 'settings' } }];
}

function ask(name: 'session:sign-in' | 'session:cancel-sign-in'): MenuAction {
  return { ask: name, input: undefined };
}

/** Told, not registered: the shell registers the shortcut for the whole system. */
function shortcutOf({ settings, shortcutProblem }: MenuModel['state']): { accelerator?: string } {
  return settings.shortcut && !shortcutProblem ? { accelerator: settings.shortcut } : {};
}

function updateEntry(update: AppState['update']): MenuEntry {
  switch (update.status) {
    case 'checking':
      return line('Checking for updates…');
    case 'downloading':
      return line(`Loading version ${update.version}…`);
    case 'ready':
      return {
        label: `Install version ${update.version} and restart`,
        action: { ask: 'update:install', input: undefined },
      };
    case 'off':
      return line('Check for updates (off)');
    case 'current':
      return { label: 'Check for updates (up to date)', action: { ask: 'update:check', input: undefined } };
    case 'failed':
      return { label: 'Check for updates (failed)', action: { ask: 'update:check', input: undefined } };
    default:
      return { label: 'Check for updates', action: { ask: 'update:check', input: undefined } };
  }
}
