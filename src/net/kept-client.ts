import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import symbols from 'undici/lib/core/symbols.js';
import Client from 'undici/lib/dispatcher/client.js';
import { connectionError } from './connection-error.js';
import { MAX_HEADER_BYTES } from './connection-limits.js';
import type { Connector } from './connector.js';
import type { UpstreamRequest } from './upstream-request.js';

/** A connection that was idle for so long is not used again: the network may have changed since. */
const IDLE_MS = 120_000;
/** A second less than the server says it keeps a connection: a request must not cross its end on the way. */
const HINT_MARGIN_MS = 1000;

/** One exchange at a time and no time limits: a model may think for 20 minutes without a byte. */
export const CLIENT_OPTIONS = {
  allowH2: false,
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxHeaderSize: MAX_HEADER_BYTES,
  keepAliveTimeout: IDLE_MS,
  keepAliveMaxTimeout: IDLE_MS,
  keepAliveTimeoutThreshold: HINT_MARGIN_MS,
};

type Connected = Parameters<Connector>[0];

/** undici's parser of one connection, of which only the version of HTTP is asked for. */
interface Parser {
  readonly ptr: number;
  readonly llhttp: { llhttp_get_http_major(ptr: number): number; llhttp_get_http_minor(ptr: number): number };
}

/**
 * undici's client of one connection, which besides knows its socket: whether it was used before, how it ended, and how
 * to give it up while it is being opened. undici tells none of that (docs/adr/0021).
 */
export class KeptClient extends Client {
  private socket: Socket | undefined;
  private used = false;
  private current: UpstreamRequest | undefined;
  private giveUpOpening: (() => void) | undefined;

  /** Set once, by `create`. Called when a connection has become idle. */
  private onIdle = () => {};

  static create(origin: URL, connector: Connector, onIdle: () => void): KeptClient {
    const client: KeptClient = new KeptClient(origin, {
      ...CLIENT_OPTIONS,
      connect: (_target, callback) => client.open(connector, callback as Connected),
    });
    client.onIdle = onIdle;
    return client;
  }

  /** A connection is open, and no request is on it. */
  get isIdle(): boolean {
    return this.socket !== undefined && this.current === undefined;
  }

  /** How the connection broke; undefined while it has not. */
  get socketError(): Error | null | undefined {
    return this.socket?.errored;
  }

  /** The server has closed the connection. */
  get hasEnded(): boolean {
    const { socket } = this;
    return (
      socket === undefined ||
      socket.readableEnded ||
      (socket.errored as { code?: unknown } | null)?.code === 'ECONNRESET'
    );
  }

  /** Of HTTP, of the answer whose head has just been read: "1.1". */
  get answerVersion(): string {
    const { llhttp, ptr } = (this.socket as unknown as Record<symbol, Parser>)[symbols.kParser] as Parser;
    return `${llhttp.llhttp_get_http_major(ptr)}.${llhttp.llhttp_get_http_minor(ptr)}`;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const request = handler as UpstreamRequest;
    request.client = this;
    request.reused = this.socket !== undefined;
    return super.dispatch(options, handler);
  }

  /** The request goes out now. Whether its connection had been used before. */
  begin(request: UpstreamRequest): boolean {
    const { used } = this;
    this.current = request;
    this.used = true;
    return used;
  }

  /** The request is over, however it went. */
  end(request: UpstreamRequest): void {
    if (this.current !== request) return;
    this.current = undefined;
    this.onIdle();
  }

  /** Nobody waits for the connection any more that is being opened for `request`. */
  abandon(request: UpstreamRequest): void {
    if (request.client === this) this.giveUpOpening?.();
  }

  /** Closes an idle connection; the next request opens another. */
  closeIdle(): void {
    if (this.isIdle) this.socket?.destroy();
  }

  private open(connector: Connector, callback: Connected): void {
    const cancel = connector((error, socket) => {
      this.giveUpOpening = undefined;
      if (socket) this.socket = socket;
      this.used = false;
      callback(error, socket);
      if (socket) this.watch(socket);
    });
    this.giveUpOpening = () => {
      this.giveUpOpening = undefined;
      cancel();
      // undici can't call off an opening: it takes this for one that failed.
      callback(connectionError('ECONNABORTED'), null);
    };
  }

  /** Behind undici's own listeners, which have read all there is by then. */
  private watch(socket: Socket): void {
    socket.on('readable', () => this.current?.onRead());
    socket.once('close', () => {
      if (this.socket === socket) this.socket = undefined;
    });
  }
}
