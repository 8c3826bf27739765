import { lookup } from 'node:dns/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { askLocal, type LocalAnswer } from '../../net/ask-local.js';
import { isLoopbackHost } from '../../net/loopback.js';
import type { Finding } from '../../shared/doctor.js';
import { shownAddress } from '../../shared/shown-address.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';

const { ok, problem, warning } = findingsOf('loopback');

/**
 * Whether a request on this machine arrives: at 127.0.0.1, at localhost, and not by way of a proxy of the network. Asks
 * the running proxy's /healthz, or a listener of its own where none runs.
 */
export const loopbackCheck: Check = { name: 'loopback', subject: 'this machine’s own address', run };

interface Target {
  readonly host: string;
  readonly port: number;
  /** Whether an answer is that of the one we ask. */
  isIt(answer: LocalAnswer): boolean;
  close(): Promise<void>;
}

async function run(facts: Facts, signal: AbortSignal): Promise<Finding[]> {
  const standing = await facts.proxy();
  const target = standing.status === 'none' ? await ownListener() : runningProxy(standing.proxy.url);
  try {
    const answer = await askLocal({ host: target.host, port: target.port, path: '/healthz', signal });
    if (!target.isIt(answer)) return [unreachable(target, answer)];
    const others = await Promise.all([
      isLoopbackHost(target.host) ? localhost(target, signal) : undefined,
      networkProxy(target, signal),
    ]);
    const found = others.filter((finding) => finding !== undefined);
    if (found.length > 0) return found;
    return [ok('reachable', { title: `Requests to ${target.host} stay on this machine and arrive.` })];
  } finally {
    await target.close();
  }
}

function runningProxy(url: string): Target {
  const { hostname, port } = new URL(url);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 80),
    isIt: isMeshbar,
    close: async () => {},
  };
}

async function ownListener(): Promise<Target> {
  const server = http.createServer((_request, response) => response.end('{"name":"meshbar"}'));
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    isIt: isMeshbar,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isMeshbar(answer: LocalAnswer): boolean {
  return answer.ok && answer.status === 200 && answer.text.includes('"name":"meshbar"');
}

function unreachable({ host, port }: Target, answer: LocalAnswer): Finding {
  if (!answer.ok && answer.code === 'ECONNREFUSED') {
    return problem('not_listening', {
      title: `Meshbar's process is there, but nobody listens on ${host}:${port}.`,
      meaning: 'Another process may have its number now, or the proxy is starting or stopping.',
      remedy: { text: 'Look again; if it stays so, start the proxy:', command: 'meshbar proxy' },
    });
  }
  return problem('unreachable', {
    title: `A request to Meshbar at ${host}:${port} does not arrive.`,
    meaning: 'A VPN, a firewall or a security program takes it away, or another program answers there.',
    remedy: { text: `Let the VPN or firewall leave ${host} alone, then look again.` },
    details: [
      answer.ok ? `Somebody else answered, with status ${answer.status}.` : `The connection failed: ${answer.code}.`,
    ],
  });
}

/** Tools that say "localhost" try ::1 first where the name has it: whoever listens there gets the key. */
async function localhost(target: Target, signal: AbortSignal): Promise<Finding | undefined> {
  const addresses = await lookup('localhost', { all: true }).catch(() => []);
  if (addresses.length === 0) {
    return warning('localhost_unknown', {
      title: 'The name localhost leads nowhere on this machine.',
      meaning: 'Tools that are told localhost, and the sign-in in the browser, will not reach Meshbar.',
      remedy: { text: 'Add the line "127.0.0.1 localhost" to the hosts file.' },
    });
  }
  const foreign = addresses.find(({ address }) => !isLoopbackHost(address));
  if (foreign) {
    return problem('localhost_elsewhere', {
      title: `The name localhost leads to ${foreign.address}, which is not this machine's own address.`,
      meaning: 'Tools that are told localhost send their key and prompts there.',
      remedy: { text: 'Mend the line of localhost in the hosts file: "127.0.0.1 localhost".' },
    });
  }
  for (const { address } of addresses) {
    if (address === target.host) continue;
    const answer = await askLocal({ host: address, port: target.port, path: '/healthz', signal });
    // Nobody there: tools go on to the next address.
    if (target.isIt(answer) || (!answer.ok && answer.code !== 'ETIMEDOUT')) continue;
    return problem('localhost_other', {
      title: `Another program answers on ${address} port ${target.port}, which localhost may mean too.`,
      meaning: 'Tools that are told localhost instead of 127.0.0.1 may reach that program.',
      remedy: { text: `Give tools the address as Meshbar prints it, with ${target.host}:`, command: 'meshbar env' },
    });
  }
  return undefined;
}

/** HTTP_PROXY without NO_PROXY: many tools then ask the proxy of the network for 127.0.0.1, which is itself. */
async function networkProxy(target: Target, signal: AbortSignal): Promise<Finding | undefined> {
  const authority = target.host.includes(':') ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
  const proxy = getProxyForUrl(`http://${authority}/`);
  if (proxy === '' || !URL.canParse(proxy)) return undefined;
  const { hostname, port, protocol } = new URL(proxy);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const answer = await askLocal({
    host,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    path: `http://${authority}/healthz`,
    hostField: authority,
    signal,
  });
  // A proxy on this very machine may well bring it back.
  if (target.isIt(answer)) return undefined;
  return problem('network_proxy', {
    title: `HTTP_PROXY sends requests for ${target.host} to ${shownAddress(proxy)}.`,
    meaning: 'Tools that honour it (Python, curl, many others) do not reach Meshbar, and show its key to that proxy.',
    remedy: {
      text: 'Except this machine from it, in this shell and in its start file:',
      command: 'export NO_PROXY="$NO_PROXY,127.0.0.1,localhost,::1"',
    },
    details: [
      answer.ok ? `That proxy answered with status ${answer.status}.` : `That proxy did not answer: ${answer.code}.`,
    ],
  });
}
