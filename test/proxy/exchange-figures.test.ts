import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { accessTo, KEY_LINE, PROJECT_ID, startProxy } from '../helpers/start-proxy.js';

const get = (...lines: string[]) =>
  ['GET /v1/models?x=1 HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, ...lines, '', ''].join('\r\n');

test('a meter is told who asked what, where it went, and how it ended', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const before = Date.now();
  await client.write(get('User-Agent: Tool/1'));
  await (await upstream.request()).answer(200, 'answer', ['Content-Type: application/json']);
  await client.answer();
  const [end] = await proxy.ended();
  const [seen] = proxy.exchanges;
  expect(seen?.head).toMatchObject({
    providerName: 'openai',
    projectId: PROJECT_ID,
    method: 'GET',
    path: '/v1/models',
    transport: 'http',
    headers: { 'user-agent': 'Tool/1' },
  });
  expect(seen?.head.startedAt).toBeGreaterThanOrEqual(before);
  expect(seen?.head.startedAt).toBeLessThanOrEqual(Date.now());
  expect(seen?.starts).toMatchObject([{ status: 200, headers: { 'content-type': 'application/json' } }]);
  expect(end).toMatchObject({ outcome: 'complete', status: 200, requestBytes: 0, responseBytes: 6 });
  expect(end?.durationMs).toBeGreaterThanOrEqual(end?.timeToFirstChunkMs ?? Number.POSITIVE_INFINITY);
});

test('what never came is unknown, not 0', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(get());
  await upstream.request();
  client.reset();
  const [end] = await proxy.ended();
  expect(end?.status).toBeUndefined();
  expect(end?.timeToFirstChunkMs).toBeUndefined();
  expect(end?.durationMs).toBeGreaterThan(0);
});

test('ids are unique and sort by time', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (let i = 0; i < 20; i += 1) {
    await client.write(get());
    await (await upstream.request()).answer(200);
    await client.answer();
  }
  const ids = proxy.exchanges.map((exchange) => exchange.head.id);
  expect(new Set(ids).size).toBe(20);
  expect(ids).toEqual([...ids].sort());
});

test('a project that changes between two requests is that of each', async () => {
  const upstream = await startRawUpstream();
  let projectId = 'first';
  const proxy = await startProxy({
    upstream,
    upstreamAccess: { access: () => ({ ...accessTo(upstream), projectId }) },
  });
  const client = await connectClient(proxy.port);
  for (const name of ['first', 'second']) {
    projectId = name;
    await client.write(get());
    const request = await upstream.request();
    expect(request.field('meshagent-project-id')).toBe(name);
    await request.answer(200);
    await client.answer();
  }
  expect(proxy.exchanges.map(({ head }) => head.projectId)).toEqual(['first', 'second']);
});

test('an upstream that changes between two requests gets its own', async () => {
  const [first, second] = [await startRawUpstream(), await startRawUpstream()];
  let current = first;
  const proxy = await startProxy({ upstream: first, upstreamAccess: { access: () => accessTo(current) } });
  const client = await connectClient(proxy.port);
  for (const upstream of [first, second, first]) {
    current = upstream;
    await client.write(get());
    await (await upstream.request()).answer(200, 'ok');
    expect((await client.answer()).text).toBe('ok');
  }
  expect([first.connections.length, second.connections.length]).toEqual([1, 1]);
});
