/**
 * Threat: a proxy that answers CONNECT is a way through the firewall, from this machine to any other. This one is no
 * forward proxy: it opens no tunnel and fetches no URL it is given, with the right key as little as without.
 */
import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

test('CONNECT opens no tunnel', async () => {
  const elsewhere = await startRawUpstream();
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`CONNECT 127.0.0.1:${elsewhere.port} HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\nhello`);
  await client.ending();
  expect(client.received.toString()).not.toMatch(/^HTTP\/1\.1 2/);
  expect(elsewhere.connections).toHaveLength(0);
  expect(upstream.connections).toHaveLength(0);
});

test.each(['http', 'https', 'ftp', 'file'])('a whole %s: URL is fetched from nowhere', async (scheme) => {
  const elsewhere = await startRawUpstream();
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const target = `${scheme}://127.0.0.1:${elsewhere.port}/v1/models`;
  const answer = await exchange(proxy.port, [`GET ${target} HTTP/1.1`, 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(400);
  expect(elsewhere.connections).toHaveLength(0);
  expect(upstream.connections).toHaveLength(0);
});
