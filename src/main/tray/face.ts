import type { BudgetState } from '../../shared/budgets.js';
import { blockingBudget, budgetsNearLimit, percentOf } from '../../shared/budgets.js';
import type { AppState } from '../../shared/ipc.js';
import type { UsageTotals } from '../../shared/usage.js';
import { stopText, usedText } from '../../words/format-budget.js';
import { costText, tokensText } from '../../words/format-totals.js';

/** insecure: the proxy runs without local keys; it looks like that whatever else it does. */
export type TrayLook = 'stopped' | 'running' | 'busy' | 'error' | 'insecure';

/** What the tray shows. */
export interface TrayFace {
  readonly look: TrayLook;
  /** A few lines. */
  readonly tooltip: string;
  /** Beside the icon, where the system shows text there; empty: nothing. */
  readonly title: string;
  /** Why no request can pass, in a sentence; undefined: nothing is wrong. */
  readonly reason: string | undefined;
}

export type Situation = Pick<AppState, 'proxy' | 'session' | 'demo' | 'settings' | 'platform' | 'budgets'>;

/** Windows shows no more of a tooltip (NOTIFYICONDATA.szTip, its closing zero not counted). */
const WINDOWS_TOOLTIP = 127;

/** `busy`: requests are under way. `today`: since midnight; undefined while it is not known yet. Pure. */
export function trayFace(situation: Situation, busy: boolean, today: UsageTotals | undefined): TrayFace {
  const { proxy, demo, settings, platform } = situation;
  const reason = reasonOf(situation);
  const usedUp = usedUpBesides(situation, reason);
  const cost = today && costText(today, { cents: settings.currencyFormat === 'cents' });
  const figure = figureText(settings.trayText, today, cost);
  const lines = [
    `Meshbar: ${standingText(situation)}${demo ? ' (demo)' : ''}`,
    ...(reason ? [reason] : []),
    ...(usedUp ? [`${usedText(usedUp)}.`] : []),
    ...(proxy.status === 'running' ? [proxy.url] : []),
    ...(cost === undefined ? [] : [`Today: ${cost}`]),
  ];
  // Where no text stands beside the icon, the figure that a person chose comes first.
  if (platform !== 'darwin' && figure && settings.trayText !== 'cost') lines.unshift(`${figure} today`);
  const tooltip = lines.join('\n');
  return {
    look: lookOf(situation, busy, reason),
    tooltip: platform === 'win32' ? cut(tooltip, WINDOWS_TOOLTIP) : tooltip,
    title: platform === 'darwin' ? figure : '',
    reason,
  };
}

function lookOf({ proxy }: Situation, busy: boolean, reason: string | undefined): TrayLook {
  if (proxy.status === 'running' && proxy.insecure) return 'insecure';
  if (proxy.status === 'failed') return isNextStep(proxy.error.code) ? 'stopped' : 'error';
  if (reason !== undefined) return 'error';
  if (proxy.status === 'running') return busy ? 'busy' : 'running';
  return proxy.status === 'stopping' && busy ? 'busy' : 'stopped';
}

/** Whoever has not signed in or chosen a project yet has not met an error. */
function isNextStep(code: string): boolean {
  return code === 'no_upstream_token' || code === 'no_project';
}

function reasonOf({ proxy, session, budgets }: Situation): string | undefined {
  if (proxy.status === 'failed') return proxy.error.message;
  if (session.status === 'expired') return 'Your MeshAgent session has ended. Sign in again.';
  if (proxy.status !== 'running') return undefined;
  if (session.status === 'offline')
    return session.reason?.message ?? 'MeshAgent can’t be reached to renew your session.';
  if (session.status === 'signed_out') return 'You are signed out of MeshAgent, so requests are refused.';
  const budget = blockingBudget(budgets, proxy.projectId);
  return budget && stopText(budget);
}

/** A budget that is used up and no reason by itself: it only tells, or stops some requests and not others. */
function usedUpBesides({ proxy, budgets }: Situation, reason: string | undefined): BudgetState | undefined {
  if (proxy.status !== 'running' || reason !== undefined) return undefined;
  return budgetsNearLimit(budgets).find((state) => (percentOf(state) ?? 0) >= 100);
}

function standingText({ proxy }: Situation): string {
  if (proxy.status === 'running') return proxy.insecure ? 'running without local keys' : 'running';
  if (proxy.status === 'failed') return 'stopped';
  return proxy.status;
}

function figureText(
  which: Situation['settings']['trayText'],
  today: UsageTotals | undefined,
  cost: string | undefined,
): string {
  if (which === 'nothing' || !today) return '';
  if (which === 'cost') return cost ?? '';
  if (which === 'requests') return `${today.exchanges} ${today.exchanges === 1 ? 'request' : 'requests'}`;
  return `${tokensText(today, today.inputTokens + today.outputTokens)} tokens`;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
