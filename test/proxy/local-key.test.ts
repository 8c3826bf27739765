import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { LOCAL_KEY, startProxy } from '../helpers/start-proxy.js';

test.each([
  ['Bearer', `Authorization: Bearer ${LOCAL_KEY}`],
  ['bearer in another case', `authorization: BEARER ${LOCAL_KEY}`],
  ['spaces around it', `Authorization:   Bearer   ${LOCAL_KEY}  `],
  ['x-api-key', `x-api-key: ${LOCAL_KEY}`],
  ['X-Api-Key', `X-Api-Key: ${LOCAL_KEY}`],
])('%s opens the door', async (_name, line) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${line}\r\n\r\n`);
  await (await upstream.request()).answer(200);
  expect((await client.answer()).status).toBe(200);
});

test.each([
  ['nothing', []],
  ['an empty key', ['Authorization: Bearer ']],
  ['an empty x-api-key', ['x-api-key: ']],
  ['a wrong key', ['Authorization: Bearer wrong']],
  ['the start of the key', [`Authorization: Bearer ${LOCAL_KEY.slice(0, -1)}`]],
  ['the key and more', [`Authorization: Bearer ${LOCAL_KEY}x`]],
  ['the key twice', [`x-api-key: ${LOCAL_KEY}${LOCAL_KEY}`]],
  ['the key in another case', [`x-api-key: ${LOCAL_KEY.toUpperCase()}`]],
  ['two keys in a field', [`x-api-key: wrong, ${LOCAL_KEY}`]],
  ['Basic', [`Authorization: Basic ${Buffer.from(`user:${LOCAL_KEY}`).toString('base64')}`]],
  ['a bare key', [`Authorization: ${LOCAL_KEY}`]],
  ['another field', [`X-Key: ${LOCAL_KEY}`, `api-key: ${LOCAL_KEY}`]],
  ['what is printed without keys', ['Authorization: Bearer meshagent-insecure']],
])('%s does not: 401', async (_name, lines) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answer = await exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', ...lines]);
  expect(answer.status).toBe(401);
  expect(proxy.refused).toMatchObject([{ status: 401 }]);
  expect(proxy.exchanges).toHaveLength(0);
  expect(upstream.connections).toHaveLength(0);
});

test('a key in the query does not count', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, [`GET /v1/models?api_key=${LOCAL_KEY} HTTP/1.1`, 'Host: localhost']);
  expect(answer.status).toBe(401);
});

test('without local keys any key and none will do', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access: { localKey: undefined } });
  for (const lines of [[], ['Authorization: Bearer meshagent-insecure'], ['x-api-key: whatever']]) {
    const answered = exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', ...lines]);
    await (await upstream.request()).answer(200);
    expect((await answered).status).toBe(200);
  }
});

test('who is refused is known by its user agent, bounded', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  await exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', `User-Agent: ${'x'.repeat(5000)}`]);
  expect(proxy.refused[0]?.userAgent?.length).toBeLessThanOrEqual(200);
});
