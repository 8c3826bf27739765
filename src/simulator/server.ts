import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { problem } from './accounts.js';
import { answerProvider } from './answer-provider.js';
import { readBody } from './body.js';
import { inspect } from './checks.js';
import { answerControl } from './control.js';
import type { ServiceControl } from './control-api.js';
import { createControl } from './create-control.js';
import { deliver } from './deliver.js';
import type { Exchange } from './exchange.js';
import { reportFailure } from './failure.js';
import type { RequestRecord } from './journal.js';
import { OAuth } from './oauth.js';
import { ownReply } from './own-calls.js';
import { providerAt } from './providers.js';
import type { SimulatedService } from './service.js';
import { answerUpgrade } from './socket-handshake.js';
import { isStale } from './stale.js';
import { failTokenEndpoint } from './token-failures.js';

/** More than clients send, so that a long header that came through is seen and not refused. */
const MAX_HEADER_BYTES = 256 * 1024;

export interface SimulatorServer {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly control: ServiceControl;
  /** Ends every connection, whatever goes on there. Stopping twice does no harm. */
  stop(): Promise<void>;
}

/** Puts a service on a port. Kept connections stay open until the other side or `stop` ends them. */
export async function startServer(service: SimulatedService, host: string, port: number): Promise<SimulatorServer> {
  const sockets = new Set<Socket>();
  const control = createControl(service, sockets);
  const oauth = new OAuth(service);
  const { journal } = service;
  let ownHost = '';
  let stopped: Promise<void> | undefined;
  const server = http.createServer({
    keepAliveTimeout: 0,
    requestTimeout: 0,
    headersTimeout: 0,
    noDelay: true,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A connection cut by the other side is an outcome here, not a failure.
    socket.on('error', () => {});
  });
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/__simulator/')) {
      answerControls(control, request, response).catch((error) => reportFailure(error, request.socket));
      return;
    }
    const record = journal.open(request, 'http');
    inspect(request, record, service, ownHost);
    journal.watchBody(request, record);
    response.on('close', () => journal.close(record, !response.writableFinished));
    if (cutIfStale(request, record)) return;
    answer({ service, request, response, record }, oauth).catch((error) => reportFailure(error, request.socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const record = journal.open(request, 'websocket');
    inspect(request, record, service, ownHost);
    // An accepted WebSocket says itself how it ended.
    socket.on('close', () => record.status === 101 || journal.close(record, record.status === undefined));
    if (cutIfStale(request, record)) return;
    answerUpgrade({ service, request, socket, head, record }).catch((error) => reportFailure(error, socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code?.startsWith('HPE_')) journal.violations.push({ rule: 'framing', detail: error.code });
    socket.destroy();
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  ownHost = `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  return {
    url: `http://${ownHost}`,
    port: address.port,
    control,
    stop() {
      stopped ??= stop(server, sockets);
      return stopped;
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

/** Resolves when the port is free and the last connection is gone. */
async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const ends = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await Promise.all([closed, ...ends]);
}

function cutIfStale(request: IncomingMessage, record: RequestRecord): boolean {
  if (!isStale(request.socket)) return false;
  record.cut = true;
  request.socket.resetAndDestroy();
  return true;
}

async function answer(exchange: Exchange, oauth: OAuth): Promise<void> {
  const { request, record } = exchange;
  const there = providerAt(record.path);
  if (there) {
    await answerProvider(exchange, there.provider, there.path);
    return;
  }
  const body = await readBody(request);
  if (!body) return;
  if (record.path === '/oauth/token' && (await failTokenEndpoint(exchange))) return;
  const reply = ownReply(exchange, oauth, body) ?? problem(404, 'Not found.');
  await deliver(exchange, reply, {});
}

async function answerControls(
  control: ServiceControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (!body) return;
  const answered = answerControl(control, request.method ?? 'GET', request.url ?? '', body.json);
  response.writeHead(answered.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answered.body));
}
