import { getProxyForUrl } from 'proxy-from-env';
import { isLoopbackUrl } from '../../session/precedence.js';
import { formatDuration } from '../../words/format.js';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf, saying } from '../check.js';
import type { Facts } from '../facts.js';
import type { Timings } from '../probe.js';
import { shownAddress } from '../shown-address.js';

const { ok, problem, warning } = findingsOf('upstream');

/** Whether MeshAgent can be reached, and what each step of the way takes. */
export const upstreamCheck: Check = { name: 'upstream', limitMs: 10_000, run };

/** A new connection that takes longer is felt with each first request. */
const SLOW_MS = 2000;

async function run(facts: Facts): Promise<Found[]> {
  const [probe, { baseUrl = '' }] = await Promise.all([facts.probe(), facts.service()]);
  if (probe.kind === 'no_address') {
    return [
      problem('no_address', {
        title: say('doctor.upstream.noAddress'),
        ...(probe.why ? { meaning: saying(probe.why) } : {}),
        remedy: { text: say('doctor.upstream.noAddressRemedy'), command: 'meshbar login' },
      }),
    ];
  }
  // As upstream.ts: what is on this machine is reached directly.
  const proxy = isLoopbackUrl(baseUrl) ? '' : getProxyForUrl(baseUrl);
  const details: (Message | string)[] = [shownAddress(baseUrl)];
  if (proxy !== '') details.push(say('doctor.upstream.byWayOf', { proxy: shownAddress(proxy) }));
  if (probe.kind === 'failed') {
    // What is wrong with a certificate has a check of its own.
    if (probe.failure.errorType === 'upstream_tls') return [];
    return [
      problem('unreachable', {
        title: say('doctor.upstream.unreachable', { problem: probe.failure.reason }),
        meaning: say('doctor.upstream.unreachableMeaning'),
        remedy: { text: say('doctor.upstream.unreachableRemedy') },
        details: [...details, say('doctor.upstream.whatFailed', { type: probe.failure.errorType })],
      }),
    ];
  }
  const steps = stepsOf(probe.timings);
  if (probe.status >= 500) {
    return [
      warning('failing', {
        title: say('doctor.upstream.failing', { status: probe.status }),
        meaning: say('doctor.upstream.failingMeaning'),
        remedy: { text: say('doctor.upstream.failingRemedy') },
        details,
      }),
    ];
  }
  const total = formatDuration(probe.timings.total);
  if (probe.timings.total > SLOW_MS) {
    return [
      warning('slow', {
        title: say('doctor.upstream.slow', { total }),
        meaning: say('doctor.upstream.slowMeaning', { steps }),
        remedy: { text: say('doctor.upstream.slowRemedy') },
        details,
      }),
    ];
  }
  return [ok('reachable', { title: say('doctor.upstream.reachable', { total, steps }), details })];
}

function stepsOf({ dns, tcp, tls, firstByte }: Timings): Message {
  const steps: [string, number | undefined][] = [
    ['DNS', dns],
    ['TCP', tcp],
    ['TLS', tls],
  ];
  const before = steps.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} ${formatDuration(ms)}, `])).join('');
  return say('doctor.upstream.steps', { before, firstByte: formatDuration(firstByte) });
}
