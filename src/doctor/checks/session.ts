import type { ErrorFacts } from '../../shared/errors.js';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf, saying } from '../check.js';
import type { Facts } from '../facts.js';
import type { TokenStanding } from '../service.js';

const { note, ok, problem, warning } = findingsOf('session');

/** Where the upstream token comes from, and whether MeshAgent takes it. */
export const sessionCheck: Check = { name: 'session', run };

const LOGIN = { text: say('doctor.session.signIn'), command: 'meshbar login' } as const;
/** Any command that asks the service renews a session on the way. */
const RENEW = { text: say('doctor.session.renew'), command: 'meshbar whoami' } as const;

type FromSession = Extract<TokenStanding, { kind: 'session' }>;

async function run(facts: Facts): Promise<Found[]> {
  const [{ file, fault }, { token }] = await Promise.all([facts.settings(), facts.service()]);
  const findings: Found[] = [];
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

function unreadable(file: string, fault: Message, token: TokenStanding): Found {
  const make = token.kind === 'environment' ? warning : problem;
  return make('unreadable', {
    title: say('doctor.session.unreadable', { fault }),
    meaning: say('doctor.session.unreadableMeaning'),
    remedy: { text: say('doctor.session.unreadableRemedy'), command: 'meshbar login' },
    details: [file],
  });
}

async function fromEnvironment(facts: Facts, variable: string): Promise<Found> {
  const profile = await facts.calls.profile();
  if (profile.kind !== 'refused') {
    const details = profile.kind === 'unavailable' ? [untried(profile.why)] : [];
    return ok('environment', { title: say('doctor.session.environment', { variable }), details });
  }
  return problem('refused', {
    title: say('doctor.session.variableRefused', { variable }),
    meaning: say('doctor.session.variableRefusedMeaning'),
    remedy: { text: say('doctor.session.variableRefusedRemedy', { variable }), command: 'meshbar login' },
  });
}

async function fromSession(facts: Facts, token: FromSession, file: string): Promise<Found> {
  const { user, refreshable, expiresAt } = token;
  const who = user.email ?? user.id;
  const details: Message[] = [say('doctor.session.of', { who, file })];
  if (expiresAt !== undefined) {
    details.push(say('doctor.session.ends', { time: new Date(expiresAt).toISOString() }));
  }
  if (token.token === undefined) {
    if (!refreshable) return ended(details);
    return note('renewal_due', {
      title: say('doctor.session.renewalDue'),
      remedy: RENEW,
      details,
    });
  }
  const profile = await facts.calls.profile();
  if (profile.kind === 'refused') {
    if (!refreshable) return ended(details);
    return warning('refused', {
      title: say('doctor.session.refused'),
      meaning: say('doctor.session.refusedMeaning'),
      remedy: RENEW,
      details,
    });
  }
  if (profile.kind === 'unavailable') details.push(untried(profile.why));
  if (!refreshable) {
    return note('not_renewable', {
      title: say('doctor.session.notRenewable'),
      remedy: { text: say('doctor.session.notRenewableRemedy'), command: 'meshbar login' },
      details,
    });
  }
  return ok('signed_in', { title: say('doctor.session.signedIn', { who }), details });
}

function untried(why: Message): Message {
  return say('doctor.session.untried', { why });
}

function ended(details: readonly Message[]): Found {
  return problem('ended', {
    title: say('doctor.session.ended'),
    meaning: say('doctor.session.endedMeaning'),
    remedy: LOGIN,
    details,
  });
}

async function fromNowhere(facts: Facts, fault: ErrorFacts | undefined, told: boolean): Promise<Found[]> {
  const status = await facts.status();
  if (status?.session === 'environment') {
    const source = status.upstreamTokenSource ?? '';
    const details = [say('doctor.session.from', { source })];
    return [ok('of_the_proxy', { title: say('doctor.session.ofTheProxy'), details })];
  }
  // That the file can't be read says it already.
  if (told) return [];
  return [
    problem('signed_out', {
      title: fault ? saying(fault) : say('doctor.session.signedOut'),
      meaning: say('doctor.session.signedOutMeaning'),
      remedy: LOGIN,
    }),
  ];
}
