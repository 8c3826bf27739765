import { expect, test } from 'vitest';
import { exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const OK = 'HTTP/1.1 200 OK\r\n';

test.each([
  ['bytes that are not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
  ['a TLS alert', '\x15\x03\x01\x00\x02\x02\x28'],
  ['no status', 'HTTP/1.1 OK\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ['a field without a colon', `${OK}X-A\r\n\r\n`],
  ['a space before a colon', `${OK}Content-Length : 2\r\n\r\nok`],
  ['a NUL in a value', `${OK}X-A: \0\r\nContent-Length: 2\r\n\r\nok`],
  ['length and chunks', `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`],
  ['two lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nokk`],
  ['a length that is no number', `${OK}Content-Length: 2x\r\n\r\nok`],
  ['a request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a head without an end', `${OK}X-Long: ${'a'.repeat(300_000)}`],
])('%s instead of an answer is 502 upstream_protocol, and the connection is not used again', async (_name, bytes) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const lines = ['POST /v1/responses HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 2'];
  const answered = exchange(proxy.port, lines, '{}');
  const { connection } = await upstream.request();
  await connection.write(bytes);
  const answer = await answered;
  expect(answer).toMatchObject({ status: 502, complete: true });
  expect(answer.json()).toMatchObject({ error: { type: 'api_error', code: 'upstream_protocol' } });
  expect(answer.text).not.toMatch(/SSH|X-A/);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status: 502, errorType: 'upstream_protocol' });
  await waitFor(() => connection.closed, 'the connection upstream to be closed');
  expect(upstream.connections).toHaveLength(1);
});
