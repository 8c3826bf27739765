import type { Finding } from '../../shared/doctor.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { TokenStanding } from '../service.js';

const { note, ok, problem, warning } = findingsOf('session');

/** Where the upstream token comes from, and whether MeshAgent takes it. */
export const sessionCheck: Check = { name: 'session', subject: 'the session', run };

const LOGIN = { text: 'Sign in:', command: 'meshbar login' };
/** Any command that asks the service renews a session on the way. */
const RENEW = { text: 'To renew it now:', command: 'meshbar whoami' };

type FromSession = Extract<TokenStanding, { kind: 'session' }>;

async function run(facts: Facts): Promise<Finding[]> {
  const [{ file, fault }, { token }] = await Promise.all([facts.settings(), facts.service()]);
  const findings: Finding[] = [];
  if (fault !== undefined) findings.push(unreadable(file, fault, token));
  switch (token.kind) {
    case 'environment':
      findings.push(await fromEnvironment(facts, token.variable));
      break;
    case 'session':
      findings.push(await fromSession(facts, token, file));
      break;
    case 'none':
      findings.push(...(await fromNowhere(facts, token.fault, fault !== undefined)));
  }
  return findings;
}

function unreadable(file: string, fault: string, token: TokenStanding): Finding {
  const make = token.kind === 'environment' ? warning : problem;
  return make('unreadable', {
    title: `The session's file is of no use: ${fault}.`,
    meaning: 'Meshbar leaves it as it is, and goes on as if nobody were signed in.',
    remedy: { text: 'Mend the file or move it away, then sign in:', command: 'meshbar login' },
    details: [file],
  });
}

async function fromEnvironment(facts: Facts, variable: string): Promise<Finding> {
  const profile = await facts.calls.profile();
  if (profile.kind !== 'refused') {
    const details = profile.kind === 'unavailable' ? [`It could not be tried: ${profile.why}`] : [];
    return ok('environment', { title: `The MeshAgent token comes from ${variable}.`, details });
  }
  return problem('refused', {
    title: `MeshAgent does not accept the token in ${variable}.`,
    meaning: 'It has ended or is not one of its own. Every request is answered with status 401.',
    remedy: { text: `Put a new one into ${variable}, or remove the variable and sign in:`, command: 'meshbar login' },
  });
}

async function fromSession(facts: Facts, token: FromSession, file: string): Promise<Finding> {
  const { user, refreshable, expiresAt } = token;
  const details = [`Of ${user.email ?? user.id}, in ${file}`];
  if (expiresAt !== undefined) details.push(`The access token ends at ${new Date(expiresAt).toISOString()}`);
  if (token.token === undefined) {
    if (!refreshable) return ended(details);
    return note('renewal_due', {
      title: 'The access token has ended. Meshbar renews it with the next request.',
      remedy: RENEW,
      details,
    });
  }
  const profile = await facts.calls.profile();
  if (profile.kind === 'refused') {
    if (!refreshable) return ended(details);
    return warning('refused', {
      title: 'MeshAgent does not accept the access token, though it has not ended yet.',
      meaning: 'Meshbar tries to renew it with the next request. If that fails, sign in again.',
      remedy: RENEW,
      details,
    });
  }
  if (profile.kind === 'unavailable') details.push(`It could not be tried: ${profile.why}`);
  if (!refreshable) {
    return note('not_renewable', {
      title: 'You are signed in, but this session can’t be renewed when it ends.',
      remedy: { text: 'To get one that can:', command: 'meshbar login' },
      details,
    });
  }
  return ok('signed_in', { title: `You are signed in as ${user.email ?? user.id}.`, details });
}

function ended(details: readonly string[]): Finding {
  return problem('ended', {
    title: 'Your MeshAgent session has ended.',
    meaning: 'Every request is answered with status 401.',
    remedy: LOGIN,
    details,
  });
}

async function fromNowhere(facts: Facts, fault: string | undefined, told: boolean): Promise<Finding[]> {
  const status = await facts.status();
  if (status?.session === 'environment') {
    const title = 'The running proxy has a token of its own, from where it was started.';
    return [ok('of_the_proxy', { title, details: [`From ${status.upstreamTokenSource}`] })];
  }
  // That the file can't be read says it already.
  if (told) return [];
  return [
    problem('signed_out', {
      title: fault ?? 'You are not signed in to MeshAgent.',
      meaning: 'The proxy does not start, and requests are answered with status 401.',
      remedy: LOGIN,
    }),
  ];
}
