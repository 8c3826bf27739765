import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** How to reach one base URL: connections are kept and shared until `close()`. */
export interface Upstream {
  readonly baseUrl: string;
  /** Value of the Host field. */
  readonly host: string;
  /** Path of the base URL, without a trailing slash; mostly empty. */
  readonly basePath: string;
  readonly agent: http.Agent;
  /**
   * Opens a request; `headers` is a flat list that already holds Host and the body's framing. 'fresh' opens a connection
   * of its own, 'kept' reuses one where there is one.
   */
  request(method: string, path: string, headers: readonly string[], connection?: 'kept' | 'fresh'): http.ClientRequest;
  close(): void;
}

/**
 * A dead peer (pulled cable, dropped VPN, slept laptop) is noticed by TCP keep-alive after this and ten probes of one
 * second (libuv's), and by nothing else: a model may think for 20 minutes without a byte.
 */
const KEEP_ALIVE_MS = 30_000;
/** Taken from clients and from upstream alike. */
export const MAX_HEADER_BYTES = 64 * 1024;
/** Connecting, unlike thinking, is either quick or broken. */
export const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Honours HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, NODE_EXTRA_CA_CERTS and the system's certificates.
 * Throws TypeError for a base URL that is not http or https.
 */
export function createUpstream(baseUrl: string): Upstream {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') throw new TypeError(`${url.protocol} is not a protocol MeshAgent speaks`);
  const proxyUrl = getProxyForUrl(baseUrl);
  const options = {
    keepAlive: true,
    // Idle connections are probed no more often than this: a laptop's radio stays asleep.
    keepAliveMsecs: KEEP_ALIVE_MS,
    // The most recently used connection is the least likely to have been dropped meanwhile.
    scheduling: 'lifo' as const,
    maxFreeSockets: 64,
    noDelay: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    ...(secure ? { ca: trustedCertificates() } : {}),
  };
  const agent = createAgent(secure, proxyUrl, options);
  const freshAgent = createAgent(secure, proxyUrl, options);
  freshAgent.keepSocketAlive = () => false;
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const open = secure ? https.request : http.request;
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    baseUrl,
    host: url.host,
    basePath,
    agent,
    request(method, path, headers, connection = 'kept') {
      const through = connection === 'kept' ? agent : freshAgent;
      return open({
        agent: through,
        hostname,
        port,
        method,
        path: basePath + path,
        headers: headers as string[],
        maxHeaderSize: MAX_HEADER_BYTES,
      });
    },
    close() {
      agent.destroy();
      freshAgent.destroy();
    },
  };
}

function createAgent(secure: boolean, proxyUrl: string, options: http.AgentOptions & { ca?: string[] }): http.Agent {
  if (proxyUrl !== '') {
    return secure ? new HttpsProxyAgent(proxyUrl, options) : new HttpProxyAgent(proxyUrl, options);
  }
  return secure ? new https.Agent(options) : new http.Agent(options);
}

/** Node's own list, NODE_EXTRA_CA_CERTS and the operating system's, which is where companies put theirs. */
function trustedCertificates(): string[] {
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}
