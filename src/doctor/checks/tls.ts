import { getCACertificates } from 'node:tls';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf, saying } from '../check.js';
import type { Facts } from '../facts.js';
import type { Presented, Probe } from '../probe.js';
import { trustOf } from '../trust.js';

const { ok, problem, skipped, warning } = findingsOf('tls');

/** Whether somebody reads along between here and MeshAgent, and whether we would notice. */
export const tlsCheck: Check = { name: 'tls', limitMs: 10_000, run };

async function run(facts: Facts): Promise<Found[]> {
  const { env } = facts.context;
  const findings: Found[] = [];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    findings.push(
      problem('unverified', {
        title: say('doctor.tls.unverified'),
        meaning: say('doctor.tls.unverifiedMeaning'),
        remedy: {
          text: say('doctor.tls.unverifiedRemedy'),
          command: 'unset NODE_TLS_REJECT_UNAUTHORIZED',
        },
      }),
    );
  }
  return [...findings, ...judge(await facts.probe())];
}

function judge(probe: Probe): Found[] {
  if (probe.kind === 'failed' && probe.failure.errorType === 'upstream_tls') return [untrusted(probe)];
  if (probe.kind !== 'answered') {
    return [skipped('unchecked', { title: say('doctor.tls.unchecked') })];
  }
  const [own] = probe.presented;
  if (!own) return [skipped('plain', { title: say('doctor.tls.plain') })];
  const trust = trustOf(probe.presented, {
    bundled: getCACertificates('bundled'),
    extra: getCACertificates('extra'),
  });
  const values = { issuer: nameOf(own.issuer) };
  if (trust === 'public') return [ok('public', { title: say('doctor.tls.public', values) })];
  return [
    warning('intercepted', {
      title: say(`doctor.tls.trustedBy.${trust}`, values),
      meaning: say('doctor.tls.interceptedMeaning'),
      remedy: { text: say('doctor.tls.interceptedRemedy') },
      details: chainText(probe.presented),
    }),
  ];
}

function untrusted({ failure, presented }: Extract<Probe, { kind: 'failed' }>): Found {
  const [own] = presented;
  return problem('untrusted', {
    title: own ? say('doctor.tls.untrustedOf', { issuer: nameOf(own.issuer) }) : say('doctor.tls.untrusted'),
    meaning: saying(failure.reason),
    remedy: { text: say('doctor.tls.untrustedRemedy') },
    details: chainText(presented),
  });
}

function chainText(chain: readonly Presented[]): Message[] {
  return chain.map(({ subject, issuer }) =>
    subject === issuer
      ? say('doctor.tls.byItself', { subject: nameOf(subject) })
      : say('doctor.tls.by', { subject: nameOf(subject), issuer: nameOf(issuer) }),
  );
}

function nameOf(name: string | undefined): Message | string {
  return name ?? say('doctor.tls.nameless');
}
