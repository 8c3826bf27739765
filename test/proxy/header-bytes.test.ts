import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const OWN_REQUEST_FIELDS = /^(?:host|authorization|meshagent-project-id|connection|content-length)$/i;
const OWN_ANSWER_FIELDS = /^(?:date|connection|keep-alive|transfer-encoding|content-length)$/i;

/** As they must arrive: names in their spelling, values in their bytes, in this order, none joined or dropped. */
const FIELDS: [string, string][] = [
  ['anthropic-version', '2023-06-01'],
  ['ANTHROPIC-BETA', 'a,b'],
  ['aNtHrOpIc-BeTa', 'c'],
  ['OpenAI-Organization', 'org_1'],
  ['OpenAI-Project', 'proj_1'],
  ['Idempotency-Key', 'key=1;x'],
  ['X-Meshagent-Annotation-Team', 'red'],
  ['x-stainless-lang', 'js'],
  ['Accept-Encoding', 'gzip;q=0.5, br, x-unknown'],
  ['User-Agent', 'Tool/1.0 (x; y)'],
  ['Accept', '*/*'],
  ['Cookie', 'a=b; c=d'],
  ['X-Empty', ''],
  ['X-Latin1', 'caf\xe9 \xa9'],
  ['X-UTF8', Buffer.from('naïve ✓').toString('latin1')],
  ['X-Tabs', 'a\tb'],
  ["X-Token-!#$%&'*+.^`|~", 'odd name'],
  ['Forwarded', 'for=1.2.3.4'],
  ['Via', '1.1 x'],
  ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['Max-Forwards', '10'],
  ['Content-Type', 'application/json'],
  ['Content-Language', 'de'],
];

test('end-to-end fields of a request arrive as they were sent', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const lines = FIELDS.map(([name, value]) => `${name}: ${value}`);
  await client.write(['GET /v1/models HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, ...lines, '', ''].join('\r\n'));
  const request = await upstream.request();
  expect(request.fields.filter(([name]) => !OWN_REQUEST_FIELDS.test(name))).toEqual(FIELDS);
  await request.answer(200);
  await client.answer();
});

test('nothing is added to a request that tells of the proxy', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  const names = request.fields.map(([name]) => name.toLowerCase()).sort();
  expect(names.filter((name) => name !== 'connection')).toEqual(['authorization', 'host', 'meshagent-project-id']);
  await request.answer(200);
  await client.answer();
});

test('end-to-end fields of an answer arrive as they were sent', async () => {
  const fields: [string, string][] = [
    ...FIELDS,
    ['Set-Cookie', 'a=1; Path=/'],
    ['set-cookie', 'b=2'],
    ['SET-COOKIE', 'c=3'],
    ['request-id', 'req_1'],
    ['x-request-id', 'r'],
    ['anthropic-ratelimit-tokens-remaining', '1'],
    ['retry-after', '3'],
    ['retry-after-ms', '2500'],
    ['Server', 'cloudflare'],
    ['ETag', 'W/"x"'],
    ['Vary', 'Accept'],
    ['Vary', 'Origin'],
    ['Content-Encoding', 'gzip'],
    ['Location', '/elsewhere'],
    ['WWW-Authenticate', 'Bearer'],
    ['Alt-Svc', 'h3=":443"'],
  ];
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  await request.connection.write(
    ['HTTP/1.1 200 OK', ...fields.map(([name, value]) => `${name}: ${value}`), 'Content-Length: 2', '', 'ok'].join(
      '\r\n',
    ),
  );
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 200, text: 'ok' });
  expect(answer.fields.filter(([name]) => !OWN_ANSWER_FIELDS.test(name))).toEqual(fields);
});

test('the upstream’s date is kept', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
  await (await upstream.request()).answer(200, '', [`date: ${date}`]);
  expect((await client.answer()).field('date')).toBe(date);
});
