import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';
import { RawConnection } from './raw.js';
import { simulated } from './simulated.js';

const { simulator, credentials } = simulated();
const open: RawConnection[] = [];
beforeEach(() => simulator().reset());
afterEach(() => {
  for (const connection of open.splice(0)) connection.destroy();
});

/** Sends a request as it is written here and gives the status line that comes back. */
async function send(target: string, fields: Record<string, string>, body = ''): Promise<string> {
  const connection = new RawConnection(simulator().url);
  open.push(connection);
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.write(`POST ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  await waitFor(() => connection.text.includes('\r\n\r\n') || connection.closed, 'an answer');
  return connection.text.split('\r\n', 1)[0] ?? '';
}

const good = () => ({ Host: new URL(simulator().url).host, ...credentials(), 'Content-Length': '0' });
const rules = () => simulator().violations.map(({ rule, detail }) => `${rule}: ${detail}`);

test('a correct request breaks no rule', async () => {
  expect(await send('/anthropic/v1/messages', { ...good(), Connection: 'keep-alive' })).toMatch(/ 400 /);
  expect(rules()).toEqual([]);
});

test.each([
  [{ TE: 'trailers' }, 'hop-by-hop: te'],
  [{ 'Keep-Alive': 'timeout=5' }, 'hop-by-hop: keep-alive'],
  [{ 'Proxy-Authorization': 'Basic x' }, 'hop-by-hop: proxy-authorization'],
  [{ Connection: 'close, X-Private' }, 'hop-by-hop: connection: x-private'],
  [{ 'x-api-key': 'local' }, 'leaked-key: x-api-key'],
  [{ Host: 'elsewhere.example' }, 'host: elsewhere.example'],
])('%j is a violation', async (fields, violation) => {
  await send('/anthropic/v1/messages', { ...good(), ...fields });
  expect(rules()).toEqual([violation]);
});

test.each(['/openai/v1/models/../x', '/openai/v1/%2e%2e/x', '/openai/v1/a%2F..%2Fb'])(
  '%s has a dot segment',
  async (t) => {
    await send(t, good());
    expect(rules()).toEqual([`dot-segment: ${t}`]);
  },
);

test('two lengths are no request at all', async () => {
  await send('/anthropic/v1/messages', { ...good(), 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n');
  expect(rules()).toEqual([expect.stringMatching(/^framing: HPE_/)]);
});

test('a secret that was to stay at home is found wherever it comes', async () => {
  simulator().forbid('local-secret');
  await send('/anthropic/v1/messages?key=local-secret', { ...good(), 'X-Any': 'the local-secret' });
  expect(rules()).toEqual(['leaked-key: in the address', 'leaked-key: x-any']);
});

test.each([
  ['no access token', { Authorization: undefined }, 401],
  ['an unknown access token', { Authorization: 'Bearer nobody' }, 401],
  ['no project', { 'Meshagent-Project-Id': undefined }, 400],
  ['a foreign project', { 'Meshagent-Project-Id': 'prj_foreign' }, 403],
])('%s is refused in the provider’s shape', async (_what, changes, status) => {
  for (const provider of ['openai', 'anthropic']) {
    const headers = new Headers(credentials());
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) headers.delete(name);
      else headers.set(name, value);
    }
    const response = await fetch(`${simulator().url}/${provider}/v1/models`, { headers });
    expect(response.status).toBe(status);
    const body = (await response.json()) as { error: { message: string; type: string } };
    expect(body.error.message).toBeTruthy();
    expect(body.error.type).toMatch(/_error$/);
  }
});

test('paths that the service does not answer are not found', async () => {
  for (const path of ['/openai/v1/files', '/anthropic/v1/files', '/openai/v2/models', '/nowhere']) {
    expect((await fetch(simulator().url + path, { headers: credentials() })).status).toBe(404);
  }
});

test('what came is written down', async () => {
  const body = 'x'.repeat(100_000);
  const controller = new AbortController();
  const sent = fetch(`${simulator().url}/openai/v1/chat/completions?a=b`, {
    method: 'POST',
    body,
    headers: { ...credentials(), 'X-Simulator': 'fault=stall; at=before' },
    signal: controller.signal,
  });
  const record = await simulator().waitForRequest(({ bodySha256 }) => bodySha256 !== undefined);
  expect(record).toMatchObject({
    method: 'POST',
    path: '/openai/v1/chat/completions',
    target: '/openai/v1/chat/completions?a=b',
    bodyBytes: 100_000,
    bodySha256: 'd69e68988157833272305aaf21f453c800346e8a3640db6578e260215542e5d4',
    aborted: false,
  });
  controller.abort();
  await expect(sent).rejects.toThrow();
  await waitFor(() => record.aborted, 'the abort');
  simulator().dropConnections('reset');
  await waitFor(() => simulator().openSockets === 0, 'all connections to be gone');
});
