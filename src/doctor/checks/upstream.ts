import { getProxyForUrl } from 'proxy-from-env';
import { isLoopbackUrl } from '../../session/precedence.js';
import type { Finding } from '../../shared/doctor.js';
import { shownAddress } from '../../shared/shown-address.js';
import { formatDuration } from '../../words/format.js';
import { textOf } from '../../words/index.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { Timings } from '../probe.js';

const { ok, problem, warning } = findingsOf('upstream');

/** Whether MeshAgent can be reached, and what each step of the way takes. */
export const upstreamCheck: Check = { name: 'upstream', subject: 'the way to MeshAgent', limitMs: 10_000, run };

/** A new connection that takes longer is felt with each first request. */
const SLOW_MS = 2000;

async function run(facts: Facts): Promise<Finding[]> {
  const [probe, { baseUrl = '' }] = await Promise.all([facts.probe(), facts.service()]);
  if (probe.kind === 'no_address') {
    return [
      problem('no_address', {
        title: 'The address of MeshAgent is not valid.',
        meaning: probe.why,
        remedy: { text: 'Correct or remove MESHAGENT_API_URL, or sign in again:', command: 'meshbar login' },
      }),
    ];
  }
  // As upstream.ts: what is on this machine is reached directly.
  const proxy = isLoopbackUrl(baseUrl) ? '' : getProxyForUrl(baseUrl);
  const details = [shownAddress(baseUrl), ...(proxy === '' ? [] : [`By way of the proxy ${shownAddress(proxy)}`])];
  if (probe.kind === 'failed') {
    // What is wrong with a certificate has a check of its own.
    if (probe.failure.errorType === 'upstream_tls') return [];
    return [
      problem('unreachable', {
        title: `MeshAgent can't be reached. ${textOf(probe.failure.reason, 'terminal')}`,
        meaning: 'Every request fails until it can.',
        remedy: { text: 'Check the network, the VPN, and HTTPS_PROXY and NO_PROXY.' },
        details: [...details, `What failed: ${probe.failure.errorType}`],
      }),
    ];
  }
  const steps = stepsOf(probe.timings);
  if (probe.status >= 500) {
    return [
      warning('failing', {
        title: `MeshAgent answers with status ${probe.status}.`,
        meaning: 'Something is wrong there, or at a gateway on the way.',
        remedy: { text: 'Try again later; if it stays so, ask MeshAgent.' },
        details,
      }),
    ];
  }
  const total = formatDuration(probe.timings.total);
  if (probe.timings.total > SLOW_MS) {
    return [
      warning('slow', {
        title: `MeshAgent takes ${total} to answer over a new connection.`,
        meaning: `${steps}. Kept connections save all but the last step.`,
        remedy: { text: 'Look at what takes longest: a slow name server, a VPN, an inspecting proxy.' },
        details,
      }),
    ];
  }
  return [ok('reachable', { title: `MeshAgent answers after ${total}: ${steps}.`, details })];
}

function stepsOf({ dns, tcp, tls, firstByte }: Timings): string {
  const steps: [string, number | undefined][] = [
    ['DNS', dns],
    ['TCP', tcp],
    ['TLS', tls],
    ['first byte', firstByte],
  ];
  return steps.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} ${formatDuration(ms)}`])).join(', ');
}
