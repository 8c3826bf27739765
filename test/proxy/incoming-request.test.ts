import http from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { readClientFields } from '../../src/proxy/incoming-request.js';
import { ClientFields } from '../../src/shared/client-fields.js';

const NAMES = Object.keys(new ClientFields()) as (keyof ClientFields)[];
/** Some begin with the same letter as one of them and are as long. */
const OTHERS = ['hose', 'x-api-kez', 'accept', 'cookie', 'x', 'x-request-id', 'sec-fetch-sitf', 'a'.repeat(80)];
/** node:http refuses requests in which these come twice, or without what belongs to them. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'upgrade', 'expect', 'host']);

const spelt = fc.constantFrom<(name: string) => string>(
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase()),
);
const field = fc
  .tuple(fc.constantFrom(...NAMES.filter((name) => !FRAMING.has(name)), ...OTHERS), spelt, fc.nat(1000))
  .map(([name, spell, value]) => [spell(name), `v${value}`]);

test('a request’s fields are those that node:http reads, in any case, order and number', async () => {
  const { port, seen } = await startReader();
  const requests = fc.asyncProperty(fc.array(field, { maxLength: 24 }), async (fields) => {
    const raw = ['HOST', 'localhost', ...fields.flat(), 'content-LENGTH', '0'];
    await send(port, raw);
    const { rawHeaders, headers } = seen.pop() as http.IncomingMessage;
    expect(rawHeaders).toEqual(raw);
    const read = readClientFields(rawHeaders);
    for (const name of NAMES) expect([name, read[name]]).toEqual([name, headers[name]]);
  });
  await fc.assert(requests, { numRuns: 200 });
});

test.each(['host', 'content-length', 'content-type', 'user-agent', 'authorization'] as const)(
  'of two of %s the first counts',
  (name) => {
    expect(readClientFields([name, 'a', name.toUpperCase(), 'b'])[name]).toBe('a');
  },
);

test('of two codings both count', () => {
  const raw = ['Transfer-Encoding', 'gzip', 'transfer-encoding', 'chunked'];
  expect(readClientFields(raw)['transfer-encoding']).toBe('gzip, chunked');
});

async function startReader() {
  const seen: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    seen.push(request);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, seen };
}

/** Resolves when the request has been answered. */
function send(port: number, raw: readonly string[]): Promise<void> {
  const lines = raw.flatMap((text, i) => (i % 2 === 0 ? [`${text}: ${raw[i + 1]}\r\n`] : []));
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\n${lines.join('')}\r\n`));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
