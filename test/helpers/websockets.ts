import { createHash } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import type { UpstreamRequest } from './raw-upstream.js';
import { KEY_LINE } from './start-proxy.js';
import { waitFor } from './wait-for.js';

export interface TextOrBytes {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** One end of a WebSocket and everything that came over it. */
export class TestWebSocket {
  readonly messages: TextOrBytes[] = [];
  readonly pings: string[] = [];
  readonly pongs: string[] = [];
  closedWith: { code: number; reason: string } | undefined;
  errorCode: string | undefined;

  constructor(
    readonly socket: WebSocket,
    /** The handshake, at the upstream's end. */
    readonly request: IncomingMessage | undefined,
  ) {
    socket.on('message', (data, isBinary) => this.messages.push({ data: data as Buffer, isBinary }));
    socket.on('ping', (data) => this.pings.push(data.toString()));
    socket.on('pong', (data) => this.pongs.push(data.toString()));
    socket.on('error', (error) => {
      this.errorCode = 'code' in error ? String(error.code) : error.message;
    });
    socket.on('close', (code, reason) => {
      this.closedWith = { code, reason: reason.toString() };
    });
  }

  async message(index = 0): Promise<TextOrBytes> {
    return await waitFor(() => this.messages[index], `message ${index} of a WebSocket`);
  }

  async texts(count: number): Promise<string[]> {
    await waitFor(() => this.messages.length >= count, `${count} messages of a WebSocket`);
    return this.messages.map(({ data }) => data.toString());
  }

  async close(): Promise<{ code: number; reason: string }> {
    return await waitFor(() => this.closedWith, 'the end of a WebSocket');
  }
}

export interface WebSocketUpstream {
  readonly url: string;
  readonly server: http.Server;
  readonly sockets: readonly TestWebSocket[];
  /** The next one nobody has taken. */
  accepted(): Promise<TestWebSocket>;
}

/** `onOpen` runs as soon as the handshake is done. `handleProtocols` chooses as in ws; by default the first offered. */
export async function startWebSocketUpstream(
  options: {
    onOpen?: (socket: TestWebSocket) => void;
    handleProtocols?: (offered: Set<string>) => string | false;
    headers?: readonly string[];
    autoPong?: boolean;
  } = {},
): Promise<WebSocketUpstream> {
  const sockets: TestWebSocket[] = [];
  let taken = 0;
  const server = http.createServer((_request, response) => response.writeHead(426).end());
  const acceptor = new WebSocketServer({
    server,
    maxPayload: 512 * 1024 * 1024,
    autoPong: options.autoPong ?? true,
    ...(options.handleProtocols ? { handleProtocols: options.handleProtocols } : {}),
  });
  if (options.headers) acceptor.on('headers', (lines) => lines.push(...(options.headers ?? [])));
  acceptor.on('connection', (socket, request) => {
    const accepted = new TestWebSocket(socket, request);
    sockets.push(accepted);
    options.onOpen?.(accepted);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const { socket } of sockets) socket.terminate();
    acceptor.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    sockets,
    async accepted() {
      const socket = await waitFor(() => sockets[taken], 'a WebSocket upstream');
      taken += 1;
      return socket;
    },
  };
}

export interface OpenOptions extends ClientOptions {
  readonly path?: string;
  readonly protocols?: string[];
}

/** Begins a WebSocket through the proxy, with its local key unless `headers` are given. */
export function dialWebSocket(port: number, options: OpenOptions = {}): TestWebSocket {
  const { path = '/v1/realtime?model=gpt-realtime', protocols = [], ...rest } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
    headers: { Authorization: KEY_LINE.replace('Authorization: ', '') },
    maxPayload: 512 * 1024 * 1024,
    ...rest,
  });
  onTestFinished(() => socket.terminate());
  return new TestWebSocket(socket, undefined);
}

/** The same, and waits until it is open. */
export async function openWebSocket(port: number, options: OpenOptions = {}): Promise<TestWebSocket> {
  const client = dialWebSocket(port, options);
  await waitFor(
    () => client.socket.readyState === WebSocket.OPEN || client.errorCode || client.closedWith,
    'a WebSocket to open',
  );
  if (client.errorCode !== undefined) throw new Error(`The WebSocket did not open: ${client.errorCode}`);
  return client;
}

/** What a server answers to a client's key (RFC 6455 section 4.2.2). */
export function acceptFor(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** The 101 to a handshake that came as bytes, with further lines such as "X-A: 1". */
export function acceptanceOf(request: UpstreamRequest, ...lines: string[]): string {
  const head = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'];
  const accept = `Sec-WebSocket-Accept: ${acceptFor(request.field('sec-websocket-key') ?? '')}`;
  return [...head, accept, ...lines, '', ''].join('\r\n');
}

/** A client's frame as bytes (RFC 6455 section 5.2), masked with zeros; the payload is under 64 KiB. */
export function clientFrame(opcode: number, payload: string | Buffer, fin = true): Buffer {
  const data = Buffer.from(payload);
  const length =
    data.length < 126
      ? Buffer.from([0x80 | data.length])
      : Buffer.from([0x80 | 126, data.length >> 8, data.length & 0xff]);
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode]), length, Buffer.alloc(4), data]);
}
