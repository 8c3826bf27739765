import http, { type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { KEEP_ALIVE_MS, MAX_HEADER_BYTES } from '../net/connection-limits.js';
import type { Failure } from '../net/failure.js';
import { isLoopbackHost } from '../net/loopback.js';
import { createUpstream, type Upstream } from '../net/upstream.js';
import { DEFAULT_PROVIDER } from '../providers/registry.js';
import type { UpstreamAccess, UpstreamAccessSource } from '../session/session.js';
import type { ExchangeHead, ObserveExchange, RewriteExchange } from '../shared/exchange.js';
import { type Place, Roster } from '../shared/roster.js';
import type { Transport } from '../shared/usage.js';
import { englishOf, type Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { type AccessRules, createAccessCheck } from './access.js';
import { corsHeaders } from './cors.js';
import { errorBody, RefusedExchange } from './errors.js';
import { createExchangeIds } from './exchange-id.js';
import { Forward } from './forward.js';
import { guardRewrite } from './guard-rewrite.js';
import { countField } from './headers.js';
import { IncomingRequest } from './incoming-request.js';
import { answerMetrics, isMetricsPath, type Scrape } from './metrics-page.js';
import { createObserverQueue } from './observer-queue.js';
import { aimOf, createRouter, type IsAllowedPath, type Route, routeRequest, STATUS_PATH } from './route.js';
import { answerAndClose } from './upgrade-answer.js';
import { WebSocketForward } from './websocket.js';
import { MAX_MESSAGE_BYTES } from './websocket-dial.js';

export interface ProxyServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly access: AccessRules;
  readonly upstreamAccess: UpstreamAccessSource;
  readonly isAllowedPath: IsAllowedPath;
  readonly isWebSocketPath: IsAllowedPath;
  readonly observe: ObserveExchange;
  readonly rewrite: RewriteExchange;
  /** Why an exchange may not be made; undefined: it may. Asked once its project is known, before anything is sent. */
  readonly admit?: (head: ExchangeHead) => Failure | undefined | Promise<Failure | undefined>;
  /** Fields that label an exchange for MeshAgent, flat; a client's own of the same name win. */
  readonly annotate?: (head: ExchangeHead) => readonly string[];
  /** Told to whoever asks /healthz. */
  readonly version: string;
  /** A fault that did not touch an exchange, such as a meter that threw. Never holds a secret. */
  readonly onProblem: (problem: Statement) => void;
  /** What GET /metrics answers with; undefined: it is off. */
  readonly scrape?: Scrape | undefined;
  /** How long the proxy itself held one request and its answer up, in milliseconds. */
  readonly onHeldUp?: (ms: number) => void;
  /** What is told at `STATUS_PATH` to whoever shows a local key; `isNamed`: one of those that tools have. */
  readonly status?: (isNamed: boolean) => object;
  /** A request that was turned away at the door. */
  readonly onRefused?: (refused: RefusedRequest) => void;
}

export interface RefusedRequest {
  readonly status: number;
  readonly reason: string;
  readonly userAgent: string | undefined;
}

export interface ProxyServer {
  readonly port: number;
  readonly inFlight: number;
  /** Requests that come from now on must show this key; those under way go on. */
  setLocalKey(localKey: string): void;
  /** Tells observers now what they would be told in a moment: for whoever looks at what they know. */
  catchUp(): void;
  /**
   * Stops listening at once, waits up to `graceMs` for exchanges in flight, then cuts them. Resolves when every socket
   * is closed.
   */
  stop(graceMs: number): Promise<void>;
}

/** An exchange and the client's connection. */
interface UnderWay {
  readonly exchange: { cut(failure: Failure): void };
  readonly socket: Duplex;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']);
const NO_FIELDS: readonly string[] = [];
const ALLOW = [...METHODS].join(', ');
const STOPPING: Failure = { status: 503, errorType: 'proxy_stopped', reason: say('proxy.stopped') };

/** Listens, and resolves when it does; rejects with the error of `listen`. */
export async function startProxyServer(options: ProxyServerOptions): Promise<ProxyServer> {
  let accessCheck = createAccessCheck(options.access);
  const route = createRouter(options.isAllowedPath);
  const nextId = createExchangeIds();
  const observers = createObserverQueue(options.observe, options.onProblem);
  const rewrite = guardRewrite(options.rewrite, options.onProblem);
  const exchanges = new Roster<UnderWay>();
  const upgraded = new Set<Duplex>();
  const upstreams = new Map<string, Upstream>();
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    skipUTF8Validation: true,
  });
  const idleWaiters = new Set<() => void>();

  function upstreamFor(access: UpstreamAccess): Upstream {
    let upstream = upstreams.get(access.baseUrl);
    if (!upstream) {
      upstream = createUpstream(access.baseUrl);
      upstreams.set(access.baseUrl, upstream);
    }
    return upstream;
  }

  function takeAccess(head: ExchangeHead): UpstreamAccess | Promise<UpstreamAccess> {
    try {
      const access = options.upstreamAccess.access();
      return access instanceof Promise ? access.then((taken) => admitted(head, taken)) : admitted(head, access);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  function admitted(head: ExchangeHead, access: UpstreamAccess): UpstreamAccess | Promise<UpstreamAccess> {
    head.projectId = access.projectId;
    const refusal = options.admit?.(head);
    if (refusal === undefined) return access;
    return Promise.resolve(refusal).then((failure) => {
      if (failure) throw new RefusedExchange(failure);
      return access;
    });
  }

  function headOf(request: IncomingRequest, route: Route, transport: Transport, keyId?: string): ExchangeHead {
    const startedAt = Date.now();
    return {
      id: nextId(startedAt),
      startedAt,
      providerName: route.providerName,
      projectId: undefined,
      method: request.method ?? 'GET',
      path: route.path,
      transport,
      keyId,
      headers: request.headers,
    };
  }

  function refuse(request: IncomingRequest, target: string, failure: Failure): string {
    options.onRefused?.({
      status: failure.status,
      reason: englishOf(failure.reason),
      userAgent: request.headers['user-agent']?.slice(0, 200),
    });
    const { providerName, path } = aimOf(target);
    return errorBody(providerName, path, failure);
  }

  function handle(request: IncomingRequest, response: ServerResponse, expectsContinue: boolean): void {
    const target = request.url ?? '/';
    const answer = (failure: Failure, headers: string[] = []) => {
      const text = refuse(request, target, failure);
      headers.push('Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(text)));
      // A client that waits for 100-continue has not sent its body: the connection can't be used for more.
      if (expectsContinue) headers.push('Connection', 'close');
      response.writeHead(failure.status, headers).end(text);
    };
    const fault = messageFault(request);
    if (fault) {
      answer(fault, ['Connection', 'close']);
      return;
    }
    const isHealth = target === '/healthz';
    const isPreflight = request.method === 'OPTIONS' && request.headers.origin !== undefined;
    const access =
      isHealth || isPreflight
        ? accessCheck.checkPage(request.headers, request.socket)
        : accessCheck.check(request.headers, request.socket);
    const cors = access.origin === undefined ? [] : corsHeaders(access.origin, request, ALLOW);
    if (!access.ok) {
      const errorType = access.status === 401 ? 'invalid_local_key' : 'forbidden_origin';
      const challenge = access.status === 401 ? ['WWW-Authenticate', 'Bearer realm="Meshbar"'] : [];
      answer({ status: access.status, errorType, reason: access.reason }, [...challenge, ...cors]);
      return;
    }
    if (isPreflight) {
      response.writeHead(204, cors).end();
      return;
    }
    const own = isHealth
      ? { ok: true, name: 'meshbar', version: options.version }
      : target === STATUS_PATH && options.status?.(access.keyId !== undefined);
    if (own) {
      const text = JSON.stringify(own);
      response
        .writeHead(200, [
          ...['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(text))],
          ...cors,
        ])
        .end(request.method === 'HEAD' ? undefined : text);
      return;
    }
    if (isMetricsPath(target)) {
      answerMetrics(request, response, options.scrape, cors, (failure, headers = []) =>
        answer(failure, [...headers, ...cors]),
      );
      return;
    }
    if (!METHODS.has(request.method ?? '')) {
      const reason = say('proxy.method', { method: String(request.method) });
      answer({ status: 405, errorType: 'method_not_allowed', reason }, ['Allow', ALLOW, ...cors]);
      return;
    }
    const routed = route(target);
    if (!routed.ok) {
      answer({ status: 400, errorType: 'path_not_allowed', reason: routed.reason }, cors);
      return;
    }
    if (expectsContinue) response.writeContinue();
    const head = headOf(request, routed.route, 'http', access.keyId);
    const upstreamAccess = takeAccess(head);
    const exchange = new Forward(
      {
        head,
        route: routed.route,
        access: upstreamAccess,
        accessSource: options.upstreamAccess,
        upstreamFor,
        observer: observers.observe(head),
        annotations: options.annotate?.(head) ?? NO_FIELDS,
        rewrite: rewrite(head),
        corsHeaders: cors,
        onHeldUp: options.onHeldUp,
        onEnd: () => ended(place),
      },
      request,
      response,
    );
    const place = exchanges.add({ exchange, socket: request.socket });
  }

  /** An exchange is under way on this connection. */
  function isBusy(socket: Duplex): boolean {
    return exchanges.toArray().some((one) => one.socket === socket);
  }

  function handleUpgrade(request: IncomingRequest, socket: Duplex, firstBytes: Buffer): void {
    if (!isWebSocketOffer(request)) {
      passOverOffer(server, request, socket, firstBytes);
      return;
    }
    if (isBusy(socket)) {
      // Pipelined behind a request that has no answer yet, which would then be written into the WebSocket.
      (socket as Socket).resetAndDestroy();
      return;
    }
    const target = request.url ?? '/';
    const answer = (failure: Failure) => {
      const body = Buffer.from(refuse(request, target, failure));
      answerAndClose(socket, failure.status, '', ['Content-Type', 'application/json'], body);
    };
    socket.on('error', () => {});
    // An upgraded socket is the server's no more: stop() has to know it by itself.
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    const access = accessCheck.check(request.headers, socket as Socket);
    if (!access.ok) {
      const errorType = access.status === 401 ? 'invalid_local_key' : 'forbidden_origin';
      answer({ status: access.status, errorType, reason: access.reason });
      return;
    }
    const routed = routeRequest(target, options.isWebSocketPath);
    if (!routed.ok) {
      answer({ status: 400, errorType: 'path_not_allowed', reason: routed.reason });
      return;
    }
    const head = headOf(request, routed.route, 'websocket', access.keyId);
    const upstreamAccess = takeAccess(head);
    const exchange = new WebSocketForward(
      {
        head,
        route: routed.route,
        access: upstreamAccess,
        accessSource: options.upstreamAccess,
        upstreamFor,
        observer: observers.observe(head),
        annotations: options.annotate?.(head) ?? NO_FIELDS,
        acceptor,
        onEnd: () => ended(place),
      },
      request,
      socket,
      firstBytes,
    );
    const place = exchanges.add({ exchange, socket });
  }

  function ended(place: Place<UnderWay>): void {
    exchanges.remove(place);
    if (exchanges.size === 0) for (const resolve of idleWaiters) resolve();
  }

  const server = http.createServer({
    IncomingMessage: IncomingRequest,
    noDelay: true,
    // A client on this machine can't vanish without a word, and four system calls more would hold its first request up.
    keepAlive: !isLoopbackHost(options.host),
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    keepAliveTimeout: 300_000,
    // A prompt of tens of megabytes on a slow link takes as long as it takes; only the head must come promptly.
    requestTimeout: 0,
    headersTimeout: 60_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    // An offer of anything else (h2c, from Java's client and curl --http2) is passed over (RFC 9110 section 7.8).
    shouldUpgradeCallback: isWebSocketOffer,
  });
  // No count: fields beyond it would be dropped without a word. Their size has a limit.
  server.maxHeadersCount = 0;
  server.on('request', (request, response) => handle(request, response, false));
  server.on('checkContinue', (request, response) => handle(request, response, true));
  server.on('upgrade', handleUpgrade);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Behind a valid request: our text would become part of the answer that is passing, and might complete it.
    if (isBusy(socket)) (socket as Socket).resetAndDestroy();
    else onClientError(error, socket);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => options.onProblem(say('proxy.listener', { detail: error.message })));

  return {
    port: (server.address() as AddressInfo).port,
    setLocalKey(localKey) {
      accessCheck = createAccessCheck({ ...options.access, localKey });
    },
    catchUp: observers.drain,
    get inFlight() {
      return exchanges.size;
    },
    async stop(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await drained(graceMs);
      for (const { exchange } of exchanges.toArray()) exchange.cut(STOPPING);
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await drained();
      for (const upstream of upstreams.values()) upstream.close();
      upstreams.clear();
      await closed;
      observers.drain();
    },
  };

  /** Resolves when every exchange has ended, or when `graceMs` have passed. */
  function drained(graceMs?: number): Promise<void> {
    if (exchanges.size === 0 || graceMs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = graceMs === undefined ? undefined : setTimeout(done, graceMs);
      function done() {
        clearTimeout(timer);
        idleWaiters.delete(done);
        resolve();
      }
      idleWaiters.add(done);
    });
  }
}

/** What node:http lets through, though it can't be passed on as it was meant. */
function messageFault(request: IncomingRequest): Failure | undefined {
  if (request.httpVersionMajor !== 1) {
    return { status: 505, errorType: 'invalid_request', reason: say('proxy.request.version') };
  }
  // Transfer codings end at each hop (RFC 9112 section 6.1), and none but chunked is undone here.
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return { status: 501, errorType: 'invalid_request', reason: say('proxy.request.coding') };
  }
  if (countField(request.rawHeaders, 'host') > 1) {
    return { status: 400, errorType: 'invalid_request', reason: say('proxy.request.host') };
  }
  return undefined;
}

function isWebSocketOffer(request: IncomingRequest): boolean {
  return request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Node before 22.21 does not ask `shouldUpgradeCallback`: it hands over whatever offers another protocol. The request is
 * then read again, without its offer.
 */
function passOverOffer(server: Server, request: IncomingRequest, socket: Duplex, firstBytes: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!/^(?:upgrade|connection)$/i.test(rawHeaders[i] as string))
      lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), firstBytes]));
  server.emit('connection', socket);
}

/** A request so broken that there is no exchange: the client is told, in HTTP, and let go. */
function onClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const failure: Failure = {
    status: tooLarge ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400,
    errorType: 'invalid_request',
    reason: say(tooLarge ? 'proxy.request.fields' : 'proxy.request.invalid'),
  };
  const body = Buffer.from(errorBody(DEFAULT_PROVIDER.name, '', failure));
  answerAndClose(socket, failure.status, '', ['Content-Type', 'application/json'], body);
}
