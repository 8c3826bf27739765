import type { Account } from '../session/account.js';
import type { Session } from '../session/session.js';
import { signedOut } from '../session/session-errors.js';
import { DAY_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import type { Balance, BilledUsage, Figure, SessionState, SessionUser } from '../shared/session.js';
import { formatDuration } from '../words/format.js';
import { errorText } from '../words/index.js';
import { print, printError } from './output.js';
import { personText } from './person.js';
import { plainText } from './plain-text.js';
import { shownUsd } from './usd.js';
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

/** What the service does not tell is left out: only who it is must be known. */
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
  print(user ? personText(user) : 'The service does not say who you are.');
  print(`token    ${tokenText(state)}`);
  print(`service  ${apiUrl}`);
  print(`project  ${project ? projectText(project) : 'none: `meshbar project list` shows yours'}`);
  if (balance) print(`balance  ${balanceText(balance)}`);
  if (usage) print(`billed   ${usageText(usage)}`);
}

function tokenText(state: SessionState): string {
  switch (state.status) {
    case 'environment':
      return `the environment variable ${state.variable}`;
    case 'signed_in': {
      if (state.expiresAt === undefined) return 'your session';
      return `your session, renewed by itself (this token ends in ${formatDuration(Math.max(0, state.expiresAt - Date.now()))})`;
    }
    case 'offline':
      return 'your session, which must be renewed as soon as MeshAgent can be reached';
    default:
      return 'none';
  }
}

function projectText({ id, name, source }: NonNullable<Identity['project']>): string {
  const shown = name === undefined ? id : `${name} (${id})`;
  return plainText(source === 'settings' ? shown : `${shown}, from ${source}`);
}

function balanceText({ value }: Figure<Balance>): string {
  const parts = [shownUsd(value.balanceUsd)];
  if (value.monthlyBudgetUsd !== undefined) parts.push(`monthly budget ${shownUsd(value.monthlyBudgetUsd)}`);
  if (value.autoRechargeAmountUsd !== undefined && value.autoRechargeThresholdUsd !== undefined) {
    const rule = `${shownUsd(value.autoRechargeAmountUsd)} below ${shownUsd(value.autoRechargeThresholdUsd)}`;
    parts.push(value.autoRechargePaused ? `auto-recharge paused (${rule})` : `auto-recharge ${rule}`);
  }
  return parts.join(', ');
}

function usageText({ value }: Figure<readonly BilledUsage[]>): string {
  const total = value.reduce((sum, row) => sum + row.totalUsd, 0);
  const byModel = new Map<string, number>();
  for (const row of value) byModel.set(row.model, (byModel.get(row.model) ?? 0) + row.totalUsd);
  const models = [...byModel].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const shown = models.map(([model, usd]) => `${model} ${shownUsd(usd)}`).join(', ');
  return plainText(
    `${shownUsd(total)} in the last ${DAYS} days, surcharge included${shown === '' ? '' : `: ${shown}`}`,
  );
}
