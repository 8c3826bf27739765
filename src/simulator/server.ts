import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerAccounts, problem } from './accounts.js';
import { parseJson, readBody } from './body.js';
import { checkAccess, inspect } from './checks.js';
import { deliver } from './deliver.js';
import type { RequestRecord } from './journal.js';
import { OAuth } from './oauth.js';
import { parsePlan } from './plan.js';
import { answerProvider } from './providers.js';
import { jsonReply, type Reply } from './reply.js';
import type { Service, TokenFailure } from './service.js';

export interface SimulatorServer {
  readonly url: string;
  readonly sockets: ReadonlySet<Socket>;
  stop(): Promise<void>;
}

/** Puts a service on a port. Keep-alive connections stay open until the other side or `stop` ends them. */
export async function startServer(service: Service, host: string, port: number): Promise<SimulatorServer> {
  const sockets = new Set<Socket>();
  const oauth = new OAuth(service);
  let ownHost = '';
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A connection cut by the other side is an outcome here, not a failure.
    socket.on('error', () => {});
  });
  server.on('request', (request, response) => {
    const record = service.journal.open(request, 'http');
    inspect(request, record, service.journal, ownHost);
    service.journal.watchBody(request, record);
    response.on('close', () => {
      record.endedAt = Date.now();
      record.aborted = !response.writableFinished && request.socket.destroyed;
      if (record.aborted) record.abortedAt = record.endedAt;
      service.journal.changed(record);
    });
    answer(service, oauth, request, response, record).catch((error: unknown) => {
      process.emitWarning(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
      request.socket.destroy();
    });
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  ownHost = `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  return {
    url: `http://${ownHost}`,
    sockets,
    stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  service: Service,
  oauth: OAuth,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
): Promise<void> {
  const url = new URL(record.target, 'http://simulator');
  const prefix = /^\/(openai|anthropic)(\/.*)$/.exec(record.path);
  if (prefix) {
    await answerProvider(service, prefix[1] as 'openai' | 'anthropic', prefix[2] as string, request, response, record);
    return;
  }
  const body = await readBody(request);
  if (!body) return;
  if (record.path === '/oauth/token' && request.method === 'POST') {
    const failure = service.tokenFailures.shift();
    if (failure) return failTokenEndpoint(failure, request, response);
  }
  const reply = ownReply(service, oauth, request, record.path, url.searchParams, body) ?? problem(404, 'Not found.');
  await deliver(reply, parsePlan(undefined), request, response, record);
}

/** The service's own calls: signing in and accounts. */
function ownReply(
  service: Service,
  oauth: OAuth,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
  body: Buffer,
): Reply | undefined {
  const method = request.method ?? 'GET';
  if (path === '/oauth/authorize' && method === 'GET') return oauth.authorize(query);
  if (path === '/oauth/token' && method === 'POST') return oauth.token(new URLSearchParams(body.toString('utf8')));
  if (!path.startsWith('/accounts/')) return undefined;
  const refusal = checkAccess(request, service);
  if (refusal) return problem(refusal.status, refusal.message);
  return answerAccounts(service, method, path, query, parseJson(body));
}

function failTokenEndpoint(failure: TokenFailure, request: IncomingMessage, response: ServerResponse): void {
  if (failure === 'hang') return;
  if (failure === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const reply =
    failure === 'invalid_grant'
      ? jsonReply({ error: 'invalid_grant', error_description: 'Refused on demand.' }, { status: 400 })
      : problem(500, 'Failed on demand.');
  response.writeHead(reply.status, { 'content-type': failure === 'not_json' ? 'text/html' : 'application/json' });
  response.end(failure === 'not_json' ? '<h1>Internal Server Error</h1>' : Buffer.concat([...reply.pieces]));
}
