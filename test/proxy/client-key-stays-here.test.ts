/**
 * Threat: the local key is the way into this proxy, and whoever has it spends the user's money. It must not leave the
 * machine, in whatever field a client put it, nor be told in an answer, a problem or a meter's record of an end.
 */
import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY, startProxy } from '../helpers/start-proxy.js';

test.each([
  ['Authorization', [KEY_LINE]],
  ['AUTHORIZATION', [`AUTHORIZATION: BEARER   ${LOCAL_KEY}`]],
  ['x-api-key', [`x-api-key: ${LOCAL_KEY}`]],
  ['X-API-KEY', [`X-API-KEY: ${LOCAL_KEY}`]],
  ['both', [KEY_LINE, `x-api-key: ${LOCAL_KEY}`]],
  ['twice', [KEY_LINE, KEY_LINE]],
  ['api-key, as Azure clients send it, beside', [KEY_LINE, `api-key: ${LOCAL_KEY}`]],
  ['with underscores', [KEY_LINE, `x_api_key: ${LOCAL_KEY}`, `API_KEY: ${LOCAL_KEY}`]],
  ['as a proxy’s', [KEY_LINE, `Proxy-Authorization: Bearer ${LOCAL_KEY}`]],
  ['as a WebSocket subprotocol', [KEY_LINE, `Sec-WebSocket-Protocol: openai-insecure-api-key.${LOCAL_KEY}`]],
])('the key does not go upstream: %s', async (_name, lines) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(['GET /v1/models HTTP/1.1', 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n'));
  const connection = await upstream.connection();
  await connection.until(() => connection.received.includes('\r\n\r\n'), 'a request upstream');
  expect(connection.received.toString('latin1')).not.toContain(LOCAL_KEY);
});

test('a wrong key is not told back, nor the right one', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', 'x-api-key: wrong-key']);
  expect(answer.status).toBe(401);
  expect(JSON.stringify([answer.fields, answer.text, proxy.refused])).not.toMatch(/wrong-key|local-key-of/);
});

test('failures do not tell secrets', async () => {
  const proxy = await startProxy({ upstream: 'http://user:secret@127.0.0.1:1' });
  const answer = await exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(502);
  const [end] = await proxy.ended();
  expect(JSON.stringify([answer.text, end, proxy.problems])).not.toMatch(/secret|upstream-token|local-key-of/);
});
