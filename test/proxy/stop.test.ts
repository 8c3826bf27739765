import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;
const STREAM_HEAD = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

test('an answer that is passing may end; new connections are refused meanwhile', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(Buffer.concat([Buffer.from(STREAM_HEAD), chunk('one ')]));
  await client.answerBegun(4);

  const stopped = proxy.stop(60_000);
  const late = await connectClient(proxy.port);
  expect(late.errorCode).toBe('ECONNREFUSED');
  await connection.write(Buffer.concat([chunk('two'), chunk()]));

  expect(await client.answer()).toMatchObject({ complete: true, text: 'one two' });
  await stopped;
  await client.ending();
  const [end] = await proxy.ended();
  expect(end?.outcome).toBe('complete');
  await waitFor(() => upstream.open.length === 0, 'the connection upstream to be closed');
});

test('an idle kept connection does not hold it up', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  await (await upstream.request()).answer(200, 'ok');
  await client.answer();
  await proxy.stop(60_000);
  await client.ending();
});

test('a client that has sent nothing, or half a head, does not hold it up', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const silent = await connectClient(proxy.port);
  const halfway = await connectClient(proxy.port);
  await halfway.write('GET /v1/models HTTP/1.1\r\nHost: 127');
  await proxy.stop(60_000);
  await Promise.all([silent.ending(), halfway.ending()]);
});

test('what has not ended in time is cut, so that the client sees it', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(Buffer.concat([Buffer.from(STREAM_HEAD), chunk('one')]));
  await client.answerBegun(3);

  await proxy.stop(0);

  expect(proxy.server.inFlight).toBe(0);
  expect(await client.answer()).toMatchObject({ complete: false, text: 'one' });
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'interrupted', status: 200, errorType: 'proxy_stopped' });
  await waitFor(() => upstream.open.length === 0, 'the connection upstream to be closed');
});

test('a request whose answer has not begun is answered 503 in its provider shape', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(
    `POST /anthropic/v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: 2\r\n\r\n{}`,
  );
  await upstream.request();

  await proxy.stop(0);

  const answer = await client.answer();
  expect(answer.status).toBe(503);
  expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'api_error' } });
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'failed', status: 503, errorType: 'proxy_stopped' });
});

test('requests that wait behind another are cut with it', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET + GET + GET);
  await upstream.request();
  const second = await upstream.request();
  await upstream.request();
  await second.connection.write(Buffer.concat([Buffer.from(STREAM_HEAD), chunk('waits')]));
  await waitFor(() => proxy.exchanges[1]?.responseData.length, 'the second answer to begin');

  await proxy.stop(0);

  expect(proxy.server.inFlight).toBe(0);
  await client.ending();
  expect(await proxy.ended(3)).toHaveLength(3);
  await waitFor(() => upstream.open.length === 0, 'all connections upstream to be closed');
});

test('a second stop is no error', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  await Promise.all([proxy.stop(0), proxy.stop(0)]);
  await proxy.stop(0);
});

async function stopDespiteHalfOpen(bytes: string): Promise<void> {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const client = await connectClient(proxy.port, { allowHalfOpen: true });
  await client.write(bytes);
  await client.ending();
  const stopped = proxy.stop(0).then(() => true);
  // The proxy must not need the client for this; a hanging stop() would hang the test's own cleaning up too.
  const hung = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3_000).unref());
  const inTime = await Promise.race([stopped, hung]);
  client.socket.destroy();
  expect(inTime).toBe(true);
}

test('a client that keeps its half open after a broken request does not hold it up', () =>
  stopDespiteHalfOpen('NOT HTTP\r\n\r\n'));

test('a client that keeps its half open after a refused upgrade does not hold it up', () =>
  stopDespiteHalfOpen(
    'GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ));
