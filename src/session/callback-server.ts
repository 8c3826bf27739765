import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { MeshbarError } from '../shared/errors.js';
import { english } from '../words/index.js';
import { PAGE_HEADERS, usedPage } from './callback-page.js';

/** Known to the service, so it can't be another one. */
const CALLBACK_PORT = 8765;
export const REDIRECT_URI = `http://localhost:${CALLBACK_PORT}/callback`;

/** The browser, come back from the service; it waits for its page. */
export interface Callback {
  readonly parameters: URLSearchParams;
  answer(status: number, page: string): Promise<void>;
}

export interface CallbackServer {
  /** The first request to the redirect URI; later ones are told that it was answered. */
  readonly callback: Promise<Callback>;
  /** Frees the port at once. */
  close(): Promise<void>;
}

/** What `localhost` is called by a browser that means this port; any other name is a page that guesses (DNS rebinding). */
const HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${CALLBACK_PORT}`));
/** A browser may take `localhost` for either, and another program on one of them would get the code. */
const ADDRESSES = ['127.0.0.1', '::1'];
const MISSING_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);
const PAGE_GRACE_MS = 500;

/** Listens for the browser on this machine alone. Rejects with MeshbarError sign_in_port_in_use. */
export async function listenForCallback(): Promise<CallbackServer> {
  let take: (callback: Callback) => void = () => {};
  let taken = false;
  const callback = new Promise<Callback>((resolve) => {
    take = resolve;
  });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = URL.parse(request.url ?? '/', `http://localhost:${CALLBACK_PORT}`);
    const host = request.headers.host?.toLowerCase() ?? '';
    if (request.method !== 'GET' || url?.pathname !== '/callback' || !HOSTS.has(host)) {
      response
        .writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
        .end(`${english('session.page.notFound')}\n`);
      return;
    }
    if (taken) {
      void send(response, 410, usedPage());
      return;
    }
    taken = true;
    take({ parameters: url.searchParams, answer: (status, page) => send(response, status, page) });
  }

  const servers: http.Server[] = [];
  try {
    for (const address of ADDRESSES) {
      const server = await listen(address, handle);
      if (server) servers.push(server);
    }
    if (servers.length === 0)
      throw new MeshbarError('sign_in_port_in_use', { why: 'no_loopback', port: String(CALLBACK_PORT) });
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
  return { callback, close: () => closeAll(servers) };
}

function send(response: ServerResponse, status: number, page: string): Promise<void> {
  const closed = new Promise<void>((resolve) => response.on('close', resolve));
  response.writeHead(status, { ...PAGE_HEADERS, Connection: 'close' }).end(page);
  if (response.destroyed) return Promise.resolve();
  // A browser that does not read its page holds nobody up.
  return Promise.race([closed, delay(PAGE_GRACE_MS, undefined, { ref: false })]);
}

/** Undefined where this machine has no such address. */
function listen(address: string, handle: http.RequestListener): Promise<http.Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = http.createServer(handle);
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (MISSING_ADDRESS.has(error.code ?? '')) resolve(undefined);
      else reject(portInUse(error.code ?? 'error'));
    });
    server.listen({ host: address, port: CALLBACK_PORT, ipv6Only: true }, () => resolve(server));
  });
}

async function closeAll(servers: readonly http.Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    }),
  );
}

function portInUse(reason: string): MeshbarError {
  const port = String(CALLBACK_PORT);
  return new MeshbarError(
    'sign_in_port_in_use',
    reason === 'EADDRINUSE' ? { why: 'taken', port } : { why: 'failed', port, reason },
  );
}
