import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { CONNECT_TIMEOUT_MS, KEEP_ALIVE_MS } from './connection-limits.js';

/** The corporate proxy could not be reached, or would not let us through. `proxyHost` is without credentials. */
export class CorporateProxyError extends Error {
  constructor(
    readonly proxyHost: string,
    /** What it answered, or the code of what failed. */
    readonly detail: string,
  ) {
    super(`${proxyHost}: ${detail}`);
  }
}

/**
 * An agent whose TLS connections go through a corporate proxy's CONNECT tunnel (RFC 9110 section 9.3.6) and are kept
 * like any other. The tunnel carries nothing but TLS: the corporate proxy learns the host, never a token or a prompt.
 */
export class TunnelAgent extends https.Agent {
  private readonly pending = new Set<http.ClientRequest>();
  /** Whose connection is being opened. */
  private asking: http.ClientRequest | undefined;

  constructor(
    private readonly proxyUrl: URL,
    options: https.AgentOptions,
  ) {
    super(options);
  }

  /** How node:http asks an agent for a connection; only here is known for which request. */
  addRequest(request: http.ClientRequest, options: https.RequestOptions): void {
    this.asking = request;
    try {
      addRequest.call(this, request, options);
    } finally {
      this.asking = undefined;
    }
  }

  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const host = options.host ?? 'localhost';
    const done = callback as (error: Error | null, stream?: Duplex) => void;
    let settled = () => {};
    const request = openTunnel(this.proxyUrl, host, Number(options.port), (error, socket) => {
      settled();
      if (socket === undefined) return done(error);
      const servername = isIP(host) === 0 ? host : '';
      const secure = tls.connect({ ...(options as tls.ConnectionOptions), socket, servername });
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      // To whoever waits, a connection inside a tunnel is open from the start: only here is a silent end noticed.
      const timer = setTimeout(() => secure.destroy(timedOut()), CONNECT_TIMEOUT_MS);
      secure.once('secureConnect', () => clearTimeout(timer));
      secure.once('close', () => clearTimeout(timer));
      done(null, secure);
    });
    if (this.asking) settled = onDestroyed(this.asking, () => request.destroy());
    this.pending.add(request);
    request.once('close', () => this.pending.delete(request));
  }

  override destroy(): void {
    for (const request of this.pending) request.destroy();
    super.destroy();
  }
}

/** Not in the types, and of the same form since Node 0.11. */
const { addRequest } = https.Agent.prototype as unknown as {
  addRequest(this: https.Agent, request: http.ClientRequest, options: https.RequestOptions): void;
};

/** A request that is destroyed before it has a socket tells nobody. Returns what ends the watch. */
function onDestroyed(request: http.ClientRequest, call: () => void): () => void {
  const { destroy } = request;
  request.destroy = (error) => {
    call();
    return destroy.call(request, error);
  };
  return () => {
    request.destroy = destroy;
  };
}

/** The proxy's address as the environment has it; throws CorporateProxyError if it is no URL. */
export function parseProxyUrl(text: string, env: NodeJS.ProcessEnv = process.env): URL {
  // proxy-from-env takes an address without a scheme for the scheme of the target; every other tool takes it for http.
  const [, bare] = /^https:\/\/(.*)$/.exec(text) ?? [];
  const names = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  const address = bare !== undefined && names.some((name) => env[name] === bare) ? `http://${bare}` : text;
  try {
    const url = new URL(address);
    decodeURIComponent(url.username + url.password);
    return url;
  } catch {
    throw new CorporateProxyError('of HTTPS_PROXY', 'its address is not a valid URL');
  }
}

function timedOut(): Error {
  return Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });
}

/**
 * Asks a corporate proxy for a tunnel to `host`; `done` gets its socket, or CorporateProxyError. What it returns may be
 * destroyed to give up.
 */
export function openTunnel(
  proxyUrl: URL,
  host: string,
  port: number,
  done: (error: Error | null, socket?: Socket) => void,
): http.ClientRequest {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const { username, password } = proxyUrl;
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const secure = proxyUrl.protocol === 'https:';
  const request = (secure ? https : http).request({
    method: 'CONNECT',
    host: proxyUrl.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxyUrl.port === '' ? (secure ? 443 : 80) : Number(proxyUrl.port),
    path: authority,
    headers: { Host: authority, ...(username === '' ? {} : { 'Proxy-Authorization': `Basic ${credentials}` }) },
    agent: false,
    timeout: CONNECT_TIMEOUT_MS,
  });
  const fail = (detail: string) => done(new CorporateProxyError(proxyUrl.host, detail));
  request.on('connect', (answer, socket) => {
    request.setTimeout(0);
    socket.setTimeout(0);
    if (answer.statusCode === 200) done(null, socket as Socket);
    else {
      socket.destroy();
      fail(`status ${answer.statusCode}`);
    }
  });
  request.on('timeout', () => request.destroy(timedOut()));
  request.on('error', (error) => fail('code' in error ? String(error.code) : error.name));
  request.on('response', (answer) => {
    // Anything that is no answer to CONNECT: node:http gives it as a response.
    answer.destroy();
    fail(`status ${answer.statusCode}`);
  });
  request.end();
  return request;
}
