import { lookup } from 'node:dns/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { askLocal, type LocalAnswer } from '../../net/ask-local.js';
import { isLoopbackHost } from '../../net/loopback.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import { shownAddress } from '../shown-address.js';

const { ok, problem, warning } = findingsOf('loopback');

/**
 * Whether a request on this machine arrives: at 127.0.0.1, at localhost, and not by way of a proxy of the network. Asks
 * the running proxy's /healthz, or a listener of its own where none runs.
 */
export const loopbackCheck: Check = { name: 'loopback', run };

interface Target {
  readonly host: string;
  readonly port: number;
  /** Whether an answer is that of the one we ask. */
  isIt(answer: LocalAnswer): boolean;
  close(): Promise<void>;
}

async function run(facts: Facts, signal: AbortSignal): Promise<Found[]> {
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
    return [ok('reachable', { title: say('doctor.loopback.reachable', { host: target.host }) })];
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

function unreachable({ host, port }: Target, answer: LocalAnswer): Found {
  const address = `${host}:${port}`;
  if (!answer.ok && answer.code === 'ECONNREFUSED') {
    return problem('not_listening', {
      title: say('doctor.loopback.notListening', { address }),
      meaning: say('doctor.loopback.notListeningMeaning'),
      remedy: { text: say('doctor.loopback.notListeningRemedy'), command: 'meshbar proxy' },
    });
  }
  return problem('unreachable', {
    title: say('doctor.loopback.unreachable', { address }),
    meaning: say('doctor.loopback.unreachableMeaning'),
    remedy: { text: say('doctor.loopback.unreachableRemedy', { host }) },
    details: [
      answer.ok
        ? say('doctor.loopback.otherAnswered', { status: answer.status })
        : say('doctor.loopback.connectionFailed', { code: answer.code }),
    ],
  });
}

/** Tools that say "localhost" try ::1 first where the name has it: whoever listens there gets the key. */
async function localhost(target: Target, signal: AbortSignal): Promise<Found | undefined> {
  const addresses = await lookup('localhost', { all: true }).catch(() => []);
  if (addresses.length === 0) {
    return warning('localhost_unknown', {
      title: say('doctor.loopback.localhostUnknown'),
      meaning: say('doctor.loopback.localhostUnknownMeaning'),
      remedy: { text: say('doctor.loopback.localhostUnknownRemedy') },
    });
  }
  const foreign = addresses.find(({ address }) => !isLoopbackHost(address));
  if (foreign) {
    return problem('localhost_elsewhere', {
      title: say('doctor.loopback.localhostElsewhere', { address: foreign.address }),
      meaning: say('doctor.loopback.localhostElsewhereMeaning'),
      remedy: { text: say('doctor.loopback.localhostElsewhereRemedy') },
    });
  }
  for (const { address } of addresses) {
    if (address === target.host) continue;
    const answer = await askLocal({ host: address, port: target.port, path: '/healthz', signal });
    // Nobody there: tools go on to the next address.
    if (target.isIt(answer) || (!answer.ok && answer.code !== 'ETIMEDOUT')) continue;
    return problem('localhost_other', {
      title: say('doctor.loopback.localhostOther', { address, port: String(target.port) }),
      meaning: say('doctor.loopback.localhostOtherMeaning'),
      remedy: {
        text: say('doctor.loopback.localhostOtherRemedy', { host: target.host }),
        command: 'meshbar env',
      },
    });
  }
  return undefined;
}

/** HTTP_PROXY without NO_PROXY: many tools then ask the proxy of the network for 127.0.0.1, which is itself. */
async function networkProxy(target: Target, signal: AbortSignal): Promise<Found | undefined> {
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
    title: say('doctor.loopback.networkProxy', { host: target.host, proxy: shownAddress(proxy) }),
    meaning: say('doctor.loopback.networkProxyMeaning'),
    remedy: {
      text: say('doctor.loopback.networkProxyRemedy'),
      command: 'export NO_PROXY="$NO_PROXY,127.0.0.1,localhost,::1"',
    },
    details: [
      answer.ok
        ? say('doctor.loopback.proxyAnswered', { status: answer.status })
        : say('doctor.loopback.proxySilent', { code: answer.code }),
    ],
  });
}
