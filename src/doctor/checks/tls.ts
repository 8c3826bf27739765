import { getCACertificates } from 'node:tls';
import type { Finding } from '../../shared/doctor.js';
import { textOf } from '../../words/index.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { Presented, Probe } from '../probe.js';
import { trustOf } from '../trust.js';

const { ok, problem, skipped, warning } = findingsOf('tls');

/** Whether somebody reads along between here and MeshAgent, and whether we would notice. */
export const tlsCheck: Check = { name: 'tls', subject: 'the certificates', limitMs: 10_000, run };

async function run(facts: Facts): Promise<Finding[]> {
  const { env } = facts.context;
  const findings: Finding[] = [];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    findings.push(
      problem('unverified', {
        title: 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches the check of certificates off.',
        meaning: 'Anybody between here and MeshAgent can take your session and read your prompts.',
        remedy: {
          text: 'Remove it, and set NODE_EXTRA_CA_CERTS if a certificate is not known:',
          command: 'unset NODE_TLS_REJECT_UNAUTHORIZED',
        },
      }),
    );
  }
  return [...findings, ...judge(await facts.probe())];
}

function judge(probe: Probe): Finding[] {
  if (probe.kind === 'failed' && probe.failure.errorType === 'upstream_tls') return [untrusted(probe)];
  if (probe.kind !== 'answered') {
    return [skipped('unchecked', { title: "The certificates were not seen: MeshAgent can't be reached." })];
  }
  const [own] = probe.presented;
  if (!own) return [skipped('plain', { title: 'MeshAgent is on this machine, without TLS.' })];
  const trust = trustOf(probe.presented, {
    bundled: getCACertificates('bundled'),
    extra: getCACertificates('extra'),
  });
  if (trust === 'public') return [ok('public', { title: `MeshAgent's certificate is from ${own.issuer}.` })];
  const where = trust === 'extra' ? 'NODE_EXTRA_CA_CERTS' : 'this system';
  return [
    warning('intercepted', {
      title: `MeshAgent's certificate is from ${own.issuer}, which only ${where} trusts.`,
      meaning:
        'A program of your company or a virus scanner reads along, and may hold streams up; or this MeshAgent is a private one.',
      remedy: { text: 'If you do not know whose certificate that is, ask who looks after your network.' },
      details: chainText(probe.presented),
    }),
  ];
}

function untrusted({ failure, presented }: Extract<Probe, { kind: 'failed' }>): Finding {
  const [own] = presented;
  return problem('untrusted', {
    title: own
      ? `MeshAgent's certificate is from ${own.issuer}, and is not accepted.`
      : "MeshAgent's certificate is not accepted.",
    meaning: textOf(failure.reason, 'terminal'),
    remedy: {
      text: 'If a program of your company reads along, set NODE_EXTRA_CA_CERTS to its certificate (PEM) before the proxy starts. If the certificate has ended, check the clock.',
    },
    details: chainText(presented),
  });
}

function chainText(chain: readonly Presented[]): string[] {
  return chain.map(({ subject, issuer }) =>
    subject === issuer ? `${subject}, by itself` : `${subject}, by ${issuer}`,
  );
}
