import http from 'node:http';
import zlib from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';
import { RawConnection } from './raw.js';
import { simulated } from './simulated.js';

const { simulator, credentials } = simulated();
const open: RawConnection[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.destroy();
});

/** Asks for a message (or its stream) the way the plan says, on a connection of its own. */
async function ask(plan: string, body: object = {}, connection = new RawConnection(simulator().url)) {
  open.push(connection);
  await waitFor(() => !connection.connecting, 'a connection');
  connection.post(
    '/anthropic/v1/messages',
    { ...credentials(), 'X-Simulator': plan },
    {
      model: 'claude-sonnet-4-6',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'hello' }],
      ...body,
    },
  );
  return connection;
}
const askStream = (plan: string) => ask(plan, { stream: true });
const lastRequest = () => simulator().requests.at(-1);

test('a reset before the head', async () => {
  const client = await askStream('fault=reset; at=before');
  await client.untilClosed();
  expect(client).toMatchObject({ errorCode: 'ECONNRESET', text: '' });
  expect(lastRequest()).toMatchObject({ cut: true, aborted: false });
});

test('a reset after the head', async () => {
  const client = await askStream('fault=reset; at=head; think=30');
  await client.untilClosed();
  expect(client.errorCode).toBe('ECONNRESET');
  expect(client.head).toMatch(/^HTTP\/1.1 200 /);
  expect(client.rest).toBe('');
});

test('a reset in mid-stream', async () => {
  const client = await askStream('fault=reset; at=5; stall=20');
  await client.untilClosed();
  expect(client.errorCode).toBe('ECONNRESET');
  expect(client.text.match(/^event: /gm)).toHaveLength(5);
});

test('a broken stream is billed for its input and for as much of the output as had been made', async () => {
  const outputOf = async (plan: string, body: object) => {
    const before = simulator().billed.length;
    await (await ask(`input=50; output=1000; events=10; ${plan}`, body)).untilClosed();
    const bill = await waitFor(
      () =>
        simulator()
          .billed.slice(before)
          .find(({ outcome }) => outcome === 'interrupted'),
      'the bill',
    );
    expect(bill.lines[0]).toMatchObject({ type: 'input_tokens', quantity: 50 });
    expect(bill.costUsd).toBeCloseTo(
      bill.lines.reduce((sum, { usd }) => sum + usd, 0),
      12,
    );
    return bill.lines.find(({ type }) => type === 'output_tokens')?.quantity;
  };
  const half = await outputOf('fault=reset; at=8; stall=20', { stream: true });
  expect(half).toBeGreaterThan(400);
  expect(half).toBeLessThan(700);
  // Nothing had been made.
  expect(await outputOf('fault=reset; at=before', { stream: true })).toBeUndefined();
  // All but the farewell: the usage was told. A document is made before it is sent.
  expect(await outputOf('fault=reset; at=15; stall=20', { stream: true })).toBe(1000);
  expect(await outputOf('fault=truncate', {})).toBe(1000);
});

test('a document whose length is not reached', async () => {
  const client = await ask('fault=truncate');
  await client.untilClosed();
  const length = Number(/content-length: (\d+)/i.exec(client.head)?.[1]);
  expect(Buffer.byteLength(client.rest)).toBe(Math.floor(length / 2));
  expect(client.ended).toBe(true);
});

test('a stream that ends in mid chunk', async () => {
  const client = await askStream('fault=truncate; at=3');
  await client.untilClosed();
  expect(client.rest).toMatch(/\r\n1000\r\ndata: {"t$/);
  expect(client.ended).toBe(true);
});

test('a stream that is framed properly but misses its end', async () => {
  const client = await askStream('fault=truncate; at=4; how=end');
  await client.untilText('\r\n0\r\n\r\n');
  expect(client.text).toContain('event: content_block_delta');
  expect(client.text).not.toContain('message_stop');
});

test('silence for good', async () => {
  const client = await askStream('fault=stall; at=2');
  await client.untilText('event: ping');
  const request = lastRequest();
  expect(client.closed).toBe(false);
  client.destroy();
  await waitFor(() => request?.aborted, 'the client’s leave to be noticed');
});

test('silence before the head', async () => {
  const client = await ask('fault=stall; at=before');
  await simulator().waitForRequest((record) => record === lastRequest() && record.bodyEndedAt !== undefined);
  expect(client.text).toBe('');
});

test('a pause before the head, one behind it, and one in mid-stream', async () => {
  const client = await askStream('delay=30; think=30; stall=30; at=1; events=1; interval=1');
  await client.untilText('0\r\n\r\n');
  const record = lastRequest();
  expect((record?.answeredAt ?? 0) - (record?.startedAt ?? 0)).toBeGreaterThanOrEqual(29);
  await waitFor(() => record?.endedAt, 'the end');
  expect((record?.endedAt ?? 0) - (record?.answeredAt ?? 0)).toBeGreaterThanOrEqual(58);
  expect(client.text).toContain('message_stop');
});

test('a split in the middle of a character', async () => {
  const client = await ask('split=1; events=2');
  await waitFor(() => client.rest.endsWith('}'), 'the whole document');
  expect(client.rest).toContain('The café ');
  // The head, and then hardly ever two bytes together.
  expect(client.chunks.length).toBeGreaterThan(100);
});

test.each([
  ['gzip', zlib.gunzipSync],
  ['br', zlib.brotliDecompressSync],
  ['zstd', zlib.zstdDecompressSync],
  ['deflate', zlib.inflateSync],
] as const)('content-encoding: %s, of a document and of a stream', async (encoding, decode) => {
  for (const stream of [false, true]) {
    const answer = await post(`encoding=${encoding}`, { stream });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(decode(answer.body).toString('utf8')).toContain('café');
  }
});

test.each([
  ['gzip', (bytes: Buffer) => zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH })],
  ['deflate', (bytes: Buffer) => zlib.inflateSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH })],
  ['br', (bytes: Buffer) => zlib.brotliDecompressSync(bytes, { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH })],
  ['zstd', (bytes: Buffer) => zlib.zstdDecompressSync(bytes, { finishFlush: zlib.constants.ZSTD_e_flush })],
])('each event of a stream compressed by %s can be read when it came', async (encoding, decode) => {
  const client = await askStream(`encoding=${encoding}; fault=stall; at=1`);
  await waitFor(() => client.rest.length > 20, 'the first event');
  const chunk = client.bytes.subarray(client.bytes.indexOf('\r\n\r\n') + 4);
  const body = chunk.subarray(chunk.indexOf('\r\n') + 2, -2);
  expect(decode(body).toString('utf8')).toMatch(/^event: message_start\n.*\n\n$/);
});

test('another content-type, and long headers', async () => {
  const answer = await post('type=text/html; headers=20000');
  expect(answer.headers['content-type']).toBe('text/html');
  expect(answer.headers['x-long']).toHaveLength(20_000);
});

test.each([400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 503, 529])('status %s', async (status) => {
  const answer = await post(`status=${status}; retry-after=9`);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body.toString('utf8'))).toMatchObject({
    type: 'error',
    error: { type: expect.any(String) },
  });
  expect(answer.headers['retry-after']).toBe(status === 429 || status === 503 ? '9' : undefined);
});

test('an answer before the body was read', async () => {
  const client = new RawConnection(simulator().url);
  open.push(client);
  const fields = Object.entries({ ...credentials(), 'X-Simulator': 'status=413; early=1' });
  const { host } = new URL(simulator().url);
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  client.write(`POST /anthropic/v1/messages HTTP/1.1\r\nHost: ${host}\r\n${lines}Content-Length: 1000\r\n\r\n{"mod`);
  await client.untilText('request_too_large');
});

test('a body that is not read for a while', async () => {
  const sent = post('hold=50; events=1', { more: 'x'.repeat(8_000_000) });
  const record = await simulator().waitForRequest(({ endedAt }) => endedAt === undefined);
  expect(record.bodyBytes).toBeLessThan(8_000_000);
  expect((await sent).status).toBe(200);
  expect(record.bodyBytes).toBeGreaterThan(8_000_000);
});

test('an error event in mid-stream', async () => {
  const client = await askStream('fault=error-event; at=4');
  await client.untilText('0\r\n\r\n');
  expect(client.text).toContain('event: error\ndata: {"type":"error","error":{"type":"overloaded_error"');
  expect(client.text).not.toContain('message_stop');
});

test('a huge event', async () => {
  const answer = await post('huge=300000; events=3', { stream: true });
  const lengths = answer.body
    .toString('utf8')
    .split('\n\n')
    .map((event) => event.length);
  expect(Math.max(...lengths)).toBeGreaterThan(300_000);
});

test('garbage instead of HTTP', async () => {
  const client = await ask('fault=garbage');
  await client.untilClosed();
  expect(client.text).not.toMatch(/^HTTP/);
  expect(client.bytes.length).toBeGreaterThan(0);
});

test.each([100, 102, 103])('a %s in front of the answer', async (status) => {
  const client = await ask(`informational=${status}`);
  await client.untilText('HTTP/1.1 200');
  expect(client.text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test('a connection closed behind a good answer', async () => {
  const client = await ask('fault=close');
  await client.untilClosed();
  expect(client.head).not.toMatch(/connection: close/i);
  expect(client.rest).toMatch(/}$/);
  expect(client).toMatchObject({ ended: true, errorCode: undefined });
});

test('a connection that is dead when it is used again', async () => {
  const client = await ask('fault=stale');
  await waitFor(() => client.rest.endsWith('}'), 'the answer');
  expect(client.closed).toBe(false);
  await ask('', {}, client);
  await client.untilClosed();
  expect(client.errorCode).toBe('ECONNRESET');
});

test('refused once', async () => {
  expect((await post('fault=unauthorized-once; id=a')).status).toBe(401);
  expect((await post('fault=unauthorized-once; id=b')).status).toBe(401);
  expect((await post('fault=unauthorized-once; id=a')).status).toBe(200);
  expect((await post('fault=unauthorized-once; id=b')).status).toBe(200);
});

test('a plan may stand behind the model’s name', async () => {
  const client = await ask('', { model: 'claude-sonnet-4-6@fault=reset;at=before' });
  await client.untilClosed();
  expect(client.errorCode).toBe('ECONNRESET');
  const answer = await post('events=1', { model: 'claude-sonnet-4-6@size=4' });
  expect(JSON.parse(answer.body.toString('utf8'))).toMatchObject({
    model: 'claude-sonnet-4-6',
    content: [{ text: 'The ' }],
  });
});

test('a slow reader slows the answer down', async () => {
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request(`${simulator().url}/anthropic/v1/messages`, {
      method: 'POST',
      headers: { ...credentials(), 'X-Simulator': 'events=2000; size=10000' },
    });
    request.on('response', resolve).on('error', reject);
    request.end(
      JSON.stringify({ model: 'm', max_tokens: 1, stream: true, messages: [{ role: 'user', content: 'a' }] }),
    );
  });
  const response = await answer;
  const record = lastRequest();
  let before = -1;
  await waitFor(async () => {
    if (record?.responseBytes === before) return true;
    before = record?.responseBytes ?? 0;
    await post('events=50', { stream: true });
    return false;
  }, 'the simulator to stop writing');
  expect(before).toBeLessThan(15_000_000);
  response.destroy();
  await waitFor(() => record?.aborted, 'the abort');
});

interface Whole {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The same with Node's own client, which takes the framing off and leaves the encoding. */
function post(plan: string, body: object = {}): Promise<Whole> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${simulator().url}/anthropic/v1/messages`, {
      method: 'POST',
      maxHeaderSize: 100_000,
      headers: { ...credentials(), 'X-Simulator': plan },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    const messages = [{ role: 'user', content: 'hello' }];
    request.end(JSON.stringify({ model: 'claude-sonnet-4-6', max_tokens: 10, messages, ...body }));
  });
}
