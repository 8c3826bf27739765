import type { Account } from '../session/account.js';
import type { Session } from '../session/session.js';
import { signedOut } from '../session/session-errors.js';
import { DAY_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import { nanoUsd } from '../shared/money.js';
import type { Balance, BilledUsage, Figure, SessionState, SessionUser } from '../shared/session.js';
import { formatDuration, formatMoney } from '../words/format.js';
import { errorText, t } from '../words/index.js';
import { print, printError } from './output.js';
import { personText } from './person.js';
import { plainText } from './plain-text.js';
import { factsText } from './table.js';
import { withSession } from './with-session.js';

const DAYS = 7;

interface Identity {
  readonly state: SessionState;
  readonly user: SessionUser | undefined;
  readonly apiUrl: string;
  readonly project: { readonly id: string; readonly name: string | undefined; readonly source: string } | undefined;
  readonly balance: Figure<Balance> | undefined;
  readonly usage: Figure<readonly BilledUsage[]> | undefined;
}

/** Says who is signed in, for which project, and what the service says it has cost. Exit code 1 if nobody is. */
export function runWhoami(options: { json: boolean }): Promise<number> {
  return withSession(async (session, account) => {
    const state = await session.ready();
    if (state.status === 'signed_out') throw signedOut(state.problem);
    if (state.status === 'expired') throw new MeshbarError('session_expired');
    const identity = await readIdentity(session, account);
    if (options.json) print(JSON.stringify({ ...identity, state: shownState(identity.state) }));
    else printIdentity(identity);
  });
}

/** Why MeshAgent can't be reached is a sentence, for whoever reads the JSON. */
function shownState(state: SessionState): object {
  if (state.status !== 'offline') return state;
  return { ...state, reason: state.reason && errorText(state.reason, 'terminal').message };
}

/** What the service does not say is left out: only who it is must be known. */
async function readIdentity(session: Session, account: Account): Promise<Identity> {
  const [profile, project] = await Promise.all([account.profile().catch(sayWhyNot), session.project()]);
  const [projects, balance, usage] = await Promise.all([
    project ? account.projects().catch(() => []) : [],
    project ? account.balance().catch(() => undefined) : undefined,
    project ? account.billedUsage({ since: Date.now() - DAYS * DAY_MS }).catch(() => undefined) : undefined,
  ]);
  const { state } = session;
  return {
    state,
    user: profile ?? ('user' in state ? state.user : undefined),
    apiUrl: await session.baseUrl(),
    project: project && { ...project, name: projects.find(({ id }) => id === project.id)?.name },
    balance,
    usage,
  };
}

function sayWhyNot(error: unknown): undefined {
  printError(error);
  return undefined;
}

function printIdentity({ state, user, apiUrl, project, balance, usage }: Identity): void {
  print(user ? personText(user) : t('terminal.account.unknownPerson'));
  const facts = [
    [t('terminal.account.token'), tokenText(state)],
    [t('terminal.account.service'), apiUrl],
    [t('terminal.account.project'), project ? projectText(project) : t('terminal.account.noProject')],
    ...(balance ? [[t('terminal.account.balance'), balanceText(balance)]] : []),
    ...(usage ? [[t('terminal.account.billed'), usageText(usage)]] : []),
  ];
  print(factsText(facts));
}

function tokenText(state: SessionState): string {
  switch (state.status) {
    case 'environment':
      return t('terminal.account.token.variable', { variable: state.variable });
    case 'signed_in': {
      if (state.expiresAt === undefined) return t('terminal.account.token.session');
      const left = Math.max(0, state.expiresAt - Date.now());
      return t('terminal.account.token.renewed', { duration: formatDuration(left) });
    }
    case 'offline':
      return t('terminal.account.token.offline');
    default:
      return t('terminal.account.token.none');
  }
}

function projectText({ id, name, source }: NonNullable<Identity['project']>): string {
  const shown = name === undefined ? id : `${name} (${id})`;
  return plainText(source === 'settings' ? shown : t('terminal.account.projectFrom', { project: shown, source }));
}

function balanceText({ value }: Figure<Balance>): string {
  const parts = [shownUsd(value.balanceUsd)];
  if (value.monthlyBudgetUsd !== undefined) {
    parts.push(t('terminal.account.monthlyBudget', { amount: shownUsd(value.monthlyBudgetUsd) }));
  }
  if (value.autoRechargeAmountUsd !== undefined && value.autoRechargeThresholdUsd !== undefined) {
    const rule = {
      amount: shownUsd(value.autoRechargeAmountUsd),
      threshold: shownUsd(value.autoRechargeThresholdUsd),
    };
    parts.push(t(`terminal.account.${value.autoRechargePaused ? 'rechargePaused' : 'recharge'}`, rule));
  }
  return parts.join(', ');
}

function usageText({ value }: Figure<readonly BilledUsage[]>): string {
  const total = value.reduce((sum, row) => sum + row.totalUsd, 0);
  const byModel = new Map<string, number>();
  for (const row of value) byModel.set(row.model, (byModel.get(row.model) ?? 0) + row.totalUsd);
  const models = [...byModel].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const billed = { total: shownUsd(total), days: DAYS };
  if (models.length === 0) return t('terminal.account.billedIn', billed);
  const shown = models.map(([model, usd]) => `${model} ${shownUsd(usd)}`).join(', ');
  return plainText(t('terminal.account.billedInByModel', { ...billed, models: shown }));
}

function shownUsd(usd: number): string {
  return formatMoney(nanoUsd(usd));
}
