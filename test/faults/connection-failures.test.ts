import net from 'node:net';
import { expect, test } from 'vitest';
import { type Answer, connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy, type TestProxy } from '../helpers/start-proxy.js';

const POST = ['POST /v1/responses HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 2'];
const ANTHROPIC = POST.map((line) => line.replace('/v1/responses', '/anthropic/v1/messages'));

/** A port where nobody listens. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

async function expectFailure(proxy: TestProxy, answer: Answer, status: number, errorType: string): Promise<void> {
  expect(answer).toMatchObject({ status, complete: true });
  expect(answer.field('content-type')).toBe('application/json');
  expect(answer.json()).toMatchObject({ error: { type: 'api_error', code: errorType } });
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'failed', status, errorType });
  expect(end?.errorReason).toBeTruthy();
  expect(proxy.exchanges[0]?.starts.map((start) => start.status)).toEqual([status]);
}

test('a refused connection is 502 upstream_refused, naming the host', async () => {
  const port = await freePort();
  const proxy = await startProxy({ upstream: `http://127.0.0.1:${port}` });
  const answer = await exchange(proxy.port, POST, '{}');
  await expectFailure(proxy, answer, 502, 'upstream_refused');
  expect(answer.text).toContain(`127.0.0.1:${port}`);
});

test('an Anthropic client is told so in its own shape', async () => {
  const proxy = await startProxy({ upstream: `http://127.0.0.1:${await freePort()}` });
  const answer = await exchange(proxy.port, ANTHROPIC, '{}');
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'api_error' } });
});

test('a name that can not be resolved is 502 upstream_dns', async () => {
  // RFC 6761: names under "invalid" never resolve.
  const proxy = await startProxy({ upstream: 'http://meshagent.invalid' });
  const answer = await exchange(proxy.port, POST, '{}');
  await expectFailure(proxy, answer, 502, 'upstream_dns');
  expect(answer.text).toContain('meshagent.invalid');
});

test.each([
  ['reset', (socket: net.Socket) => socket.resetAndDestroy()],
  ['closed in order', (socket: net.Socket) => socket.end()],
])('a new connection that is %s instead of an answer is 502 upstream_reset', async (_name, how) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answered = exchange(proxy.port, POST, '{}');
  how((await upstream.request()).connection.socket);
  await expectFailure(proxy, await answered, 502, 'upstream_reset');
});

test.each([
  ['reset', (socket: net.Socket) => socket.resetAndDestroy()],
  ['closed in order', (socket: net.Socket) => socket.end()],
])('a connection that is %s in the middle of a head is a 502', async (_name, how) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answered = exchange(proxy.port, POST, '{}');
  const { connection } = await upstream.request();
  await connection.write('HTTP/1.1 200 OK\r\nContent-Le');
  how(connection.socket);
  const answer = await answered;
  expect(answer).toMatchObject({ status: 502, complete: true });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status: 502 });
});

test('a reset during a large upload, before an answer, is a 502', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  client.socket.write(
    `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: 20000000\r\n\r\n`,
  );
  client.socket.write(Buffer.alloc(20_000_000));
  const connection = await upstream.connection();
  await connection.until(() => connection.socket.bytesRead > 3_000_000, 'the upload upstream');
  connection.reset();
  const answer = await client.answer();
  await expectFailure(proxy, answer, 502, 'upstream_reset');
});

test('after a failure the same client connection is served again', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const bytes = `${POST.join('\r\n')}\r\n\r\n{}`;
  await client.write(bytes);
  (await upstream.request()).connection.reset();
  expect((await client.answer()).status).toBe(502);
  await client.write(bytes);
  await (await upstream.request()).answer(200, 'ok');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
});
