import net from 'node:net';
import { onTestFinished } from 'vitest';
import { type HttpMessage, valuesOf } from './http-message.js';
import { RawSocket } from './raw-socket.js';
import { waitFor } from './wait-for.js';

export interface UpstreamRequest extends HttpMessage {
  readonly connection: RawSocket;
  readonly method: string;
  readonly target: string;
  /** All values of a field, joined; undefined if there is none. */
  field(lowerName: string): string | undefined;
  /** Answers whole, framed by length. `fields` are lines such as "X-A: 1". */
  answer(status: number, body?: string | Buffer, fields?: readonly string[]): Promise<void>;
}

/**
 * An upstream that speaks in bytes and does nothing by itself: the test takes each connection or request in turn and
 * says what is written, when, and how it ends.
 */
export interface RawUpstream {
  readonly url: string;
  readonly port: number;
  /** All that were ever accepted, oldest first. */
  readonly connections: readonly RawSocket[];
  /** Those that are not closed. */
  readonly open: readonly RawSocket[];
  /** The next connection nobody has taken. */
  connection(): Promise<RawSocket>;
  /** The next request whose head has come, on any connection; with its whole body unless `head` is given. */
  request(options?: { head?: boolean }): Promise<UpstreamRequest>;
}

export interface RawUpstreamOptions {
  readonly allowHalfOpen?: boolean;
  /** Answers account calls (whether one may use the proxy) by itself, with yes. */
  readonly accounts?: boolean;
}

export async function startRawUpstream(options: RawUpstreamOptions = {}): Promise<RawUpstream> {
  const connections: RawSocket[] = [];
  let taken = 0;
  const server = net.createServer({ allowHalfOpen: options.allowHalfOpen ?? false }, (socket) => {
    const connection = new RawSocket(socket);
    connections.push(connection);
    if (options.accounts) socket.on('data', () => answerAccountCall(connection));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const connection of connections) connection.socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections,
    get open() {
      return connections.filter((connection) => !connection.closed);
    },
    async connection() {
      const connection = await waitFor(() => connections[taken], 'a connection upstream');
      taken += 1;
      return connection;
    },
    async request({ head = false } = {}) {
      const connection = await waitFor(
        () => connections.find((candidate) => candidate.received.includes('\r\n\r\n')),
        'a request upstream',
      );
      const message = head
        ? await connection.begun({ kind: 'request' })
        : await connection.message({ kind: 'request' });
      if (!message) throw new Error('The request upstream broke off');
      return toRequest(connection, message);
    },
  };
}

/** Takes an account call off the connection as soon as it is whole, so that no test meets it. */
function answerAccountCall(connection: RawSocket): void {
  if (!/^\S+ \/accounts\//.test(connection.received.toString('latin1', 0, 200))) return;
  if (!connection.take({ kind: 'request' })) return;
  connection.write(answerBytes(200, '{"allowed":true}', ['Content-Type: application/json']));
}

/** `fields` are lines such as "X-A: 1". */
export function answerBytes(status: number, body: string | Buffer = '', fields: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const head = [`HTTP/1.1 ${status} Whatever`, ...fields, `Content-Length: ${bytes.length}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

/** One chunk of a chunked body; without data, the last one. */
export function chunk(data: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(data);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

function toRequest(connection: RawSocket, message: HttpMessage): UpstreamRequest {
  const [method = '', target = ''] = message.startLine.split(' ');
  return {
    ...message,
    connection,
    method,
    target,
    field(lowerName) {
      const values = valuesOf(message.fields, lowerName);
      return values.length === 0 ? undefined : values.join(', ');
    },
    answer: (status, body, fields) => connection.write(answerBytes(status, body, fields)),
  };
}
