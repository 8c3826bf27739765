import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createUpstream } from '../../src/net/upstream.js';
import { anyCuts, cut } from '../helpers/splits.js';
import { waitFor } from '../helpers/wait-for.js';

interface Read {
  readonly status: number | undefined;
  readonly fields: readonly string[];
  readonly body: string;
  /** Undefined: the answer came whole. */
  readonly code: string | undefined;
}

/** A server that answers each request with the pieces it is given, each in a packet of its own if that can be. */
async function startServer() {
  const sockets: Socket[] = [];
  let pieces: readonly Buffer[] = [];
  let ends = false;
  const server = net.createServer((socket) => {
    sockets.push(socket.setNoDelay(true).on('error', () => {}));
    socket.on('data', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (ends) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const upstream = createUpstream(`http://127.0.0.1:${port}`);
  onTestFinished(() => {
    upstream.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    port,
    sockets,
    /** What undici and its guards make of an answer in pieces, and then of the connection's end if `andEnds`. */
    read(answer: readonly Buffer[], { method = 'GET', andEnds = false } = {}): Promise<Read> {
      pieces = answer;
      ends = andEnds;
      return new Promise((resolve) => {
        let status: number | undefined;
        let fields: readonly string[] = [];
        const body: Buffer[] = [];
        const settle = (code?: string) => resolve({ status, fields, body: Buffer.concat(body).toString(), code });
        upstream.send(
          { method, path: '/', headers: [] },
          {
            onHead(head) {
              ({ status, fields } = head);
              return false;
            },
            onBody: (bytes) => body.push(Buffer.from(bytes)),
            onRead() {},
            onDrain() {},
            onEnd: () => settle(),
            onError: (error) => settle((error as { code?: string }).code ?? error.message),
          },
        );
      });
    },
  };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

/** Bytes, and whether the connection may be used again. */
const ANSWERS: readonly [name: string, bytes: string, body: string, mayReuse: boolean][] = [
  ['a length', `${OK}Content-Length: 5\r\n\r\nhello`, 'hello', true],
  ['an empty body', `${OK}content-length: 0\r\n\r\n`, '', true],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
  ['an empty reason', 'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok', 'ok', true],
  ['blanks around values', `${OK}X-A: \t a b \t \r\nContent-Length:2\r\n\r\nok`, 'ok', true],
  ['a name twice, an empty value', `${OK}X-A: 1\r\nx-a:\r\nContent-Length: 2\r\n\r\nok`, 'ok', true],
  ['bytes beyond ASCII in a value', `${OK}X-A: caf\xe9\r\nContent-Length: 2\r\n\r\nok`, 'ok', true],
  ['chunks', `${CHUNKED}5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n`, 'hello world', true],
  [
    'sizes in any case, with zeros',
    `${CHUNKED}00A\r\n0123456789\r\nb\r\n01234567890\r\n000\r\n\r\n`,
    '012345678901234567890',
    true,
  ],
  ['chunk extensions', `${CHUNKED}2;a=b;c="d"\r\nok\r\n0;x\r\n\r\n`, 'ok', true],
  ['trailers', `${CHUNKED}2\r\nok\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n`, 'ok', true],
  ['line ends in a body', `${CHUNKED}6\r\n\r\n0\r\n\r\r\n0\r\n\r\n`, '\r\n0\r\n\r', true],
  [
    'informational heads before',
    `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`,
    'ok',
    true,
  ],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
  // Its server may have sent a body besides: undici does not use the connection again.
  ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n', '', false],
  ['304', 'HTTP/1.1 304 Not Modified\r\n\r\n', '', true],
  ['Connection: close', `${OK}Connection: close\r\nContent-Length: 2\r\n\r\nok`, 'ok', false],
  ['close among others', `${OK}Connection: x, Close\r\nContent-Length: 2\r\n\r\nok`, 'ok', false],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok', false],
  ['HTTP/1.0 that keeps', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok', 'ok', true],
];

describe.each(ANSWERS)('%s', (_name, bytes, body, mayReuse) => {
  const whole = Buffer.from(bytes, 'latin1');

  test('is read whole, and its connection serves again if it may', async () => {
    const server = await startServer();
    expect(await server.read([whole])).toMatchObject({ body, code: undefined });
    await new Promise((resolve) => setImmediate(resolve));
    expect(await server.read([whole])).toMatchObject({ body, code: undefined });
    expect(server.sockets).toHaveLength(mayReuse ? 1 : 2);
  });

  test('is read the same however it is split', async () => {
    const server = await startServer();
    const once = await server.read([whole]);
    await fc.assert(
      fc.asyncProperty(anyCuts, async (cuts) => {
        expect(await server.read(cut(whole, cuts))).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  test('is what node:http reads in it', async () => {
    const server = await startServer();
    const ours = await server.read([whole]);
    const incoming = await new Promise<http.IncomingMessage>((resolve, reject) =>
      http.get({ port: server.port, agent: false }, resolve).on('error', reject),
    );
    const theirs = await text(incoming);
    incoming.socket.destroy();
    expect(ours).toMatchObject({ status: incoming.statusCode, body: theirs });
    expect(ours.fields).toEqual(incoming.rawHeaders);
  });

  test('bytes behind it are nobody’s answer', async () => {
    const server = await startServer();
    const more = Buffer.concat([whole, Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen')]);
    expect(await server.read([more])).toMatchObject({ body });
    expect(await server.read([whole])).toMatchObject({ body });
    expect(server.sockets).toHaveLength(2);
  });
});

test.each([
  ['bytes that are not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
  ['a lower-case version', 'http/1.1 200 OK\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok'],
  ['a bare line feed in a value', `${OK}X-A: a\nContent-Length: 2\r\n\r\nok`],
  ['a bare carriage return in a value', `${OK}X-A: a\rb\r\nContent-Length: 2\r\n\r\nok`],
  ['a folded field', `${OK}X-A: a\r\n b\r\nContent-Length: 2\r\n\r\nok`],
  ['a blank before the colon', `${OK}Content-Length : 2\r\n\r\nok`],
  ['a field without a colon', `${OK}X-A\r\n\r\n`],
  ['a field without a name', `${OK}: a\r\n\r\n`],
  ['a NUL', `${OK}X-A: \0\r\n\r\n`],
  ['two lengths', `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok`],
  ['a list of lengths', `${OK}Content-Length: 2, 2\r\n\r\nok`],
  ['a length with a sign', `${OK}Content-Length: +2\r\n\r\nok`],
  ['a length beyond what counts exactly', `${OK}Content-Length: 9999999999999999\r\n\r\nok`],
  ['length and chunks', `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`],
  ['two codings', `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a coding that is not undone', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a chunk without a size', `${CHUNKED}\r\nok\r\n`],
  ['a size that is none', `${CHUNKED}0x2\r\nok\r\n`],
  ['a size with a sign', `${CHUNKED}-2\r\nok\r\n`],
  ['a size beyond 64 bits', `${CHUNKED}fffffffffffffffff\r\nok\r\n`],
  ['a size line that ends in a bare line feed', `${CHUNKED}2\nok\r\n0\r\n\r\n`],
  ['a chunk longer than it says', `${CHUNKED}2\r\nokk\r\n0\r\n\r\n`],
  ['endless informational heads', 'HTTP/1.1 103 Hints\r\n\r\n'.repeat(40)],
  ['100 that nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`],
  ['101 that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ['an endless head', `${OK}X-A: ${'a'.repeat(70_000)}`],
  ['endless trailers', `${CHUNKED}0\r\n${`X-A: ${'a'.repeat(1000)}\r\n`.repeat(80)}`],
])('%s: refused, however it is split', async (_name, bytes) => {
  const whole = Buffer.from(bytes, 'latin1');
  const step = whole.length > 1000 ? 997 : 1;
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole.length; at += step) pieces.push(whole.subarray(at, at + step));
  const server = await startServer();
  for (const answer of [[whole], pieces]) {
    expect((await server.read(answer)).code).toMatch(/^HPE_[A-Z0-9_]+$/);
  }
  await waitFor(() => server.sockets.every(({ destroyed }) => destroyed), 'its connections to be closed');
});

test('an answer to HEAD has no body, whatever it says', async () => {
  for (const framing of ['Content-Length: 12', 'Transfer-Encoding: chunked']) {
    const server = await startServer();
    const answer = [Buffer.from(`${OK}${framing}\r\n\r\n`)];
    expect(await server.read(answer, { method: 'HEAD' })).toMatchObject({ status: 200, body: '', code: undefined });
  }
});

test('only a body without framing ends with the connection', async () => {
  const server = await startServer();
  const read = (bytes: string) => server.read([Buffer.from(bytes)], { andEnds: true });
  expect(await read(`${OK}\r\nhello`)).toMatchObject({ body: 'hello', code: undefined });
  expect(await read(`${OK}Connection: close\r\nContent-Length: 9\r\n\r\nhello`)).toMatchObject({ code: 'ECONNRESET' });
  for (const bytes of [`${OK}Content-Length: 9\r\n\r\nhello`, `${CHUNKED}5\r\nhello\r\n`, `${OK}X-A: `]) {
    expect((await read(bytes)).code).toBe('ECONNRESET');
  }
});
