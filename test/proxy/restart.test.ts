import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { KEY_LINE } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import { openWebSocket, startWebSocketUpstream } from '../helpers/websockets.js';

const HEAD = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n`;
const POST = `${HEAD}Content-Length: 2\r\n\r\n{}`;

/** Sockets, listeners and timers of this process that keep it alive. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    if (/TCP|TLS|Timeout/.test(name)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

test('fifty starts and stops, with traffic of every kind, leave no socket, listener or timer', async () => {
  const upstream = await startRawUpstream({ accounts: true });
  const { engine, problems } = await createTestEngine(upstream);
  await waitFor(() => true, 'a turn');
  const before = resources();
  const ports = new Set<number>();
  for (let i = 0; i < 50; i += 1) {
    const { port } = await engine.start();
    ports.add(port);
    const whole = await connectClient(port);
    await whole.write(POST);
    await (await upstream.request()).answer(200, '{}');
    expect((await whole.answer()).status).toBe(200);
    const streaming = await connectClient(port);
    await streaming.write(POST);
    const { connection } = await upstream.request();
    await connection.write(
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), chunk('data: 1\n\n')]),
    );
    await streaming.answerBegun(9);
    const waiting = await connectClient(port);
    await waiting.write(POST);
    await upstream.request();
    const refused = await connectClient(port);
    await refused.write('NOT HTTP\r\n\r\n');
    await refused.answer();

    await engine.stop({ graceMs: 0 });
    expect(engine.active).toEqual([]);
    await Promise.all([whole, streaming, waiting, refused].map((client) => client.ending()));
  }
  await waitFor(() => upstream.open.length === 0, 'all connections upstream to be closed');
  await waitFor(() => {
    const now = resources();
    return Object.keys({ ...now, ...before }).every((name) => (now[name] ?? 0) <= (before[name] ?? 0) + 1);
  }, 'all sockets and timers to be gone');
  expect(problems).toEqual([]);
  await engine.ledger.flush();
  expect((await engine.ledger.totals({})).exchanges).toBe(150);
});

test('what is under way when the engine closes is recorded all the same', async () => {
  const upstream = await startRawUpstream({ accounts: true });
  const { engine, home } = await createTestEngine(upstream);
  const { port } = await engine.start();
  const client = await connectClient(port);
  await client.write(POST);
  const { connection } = await upstream.request();
  await connection.write(
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), chunk('data: 1\n\n')]),
  );
  await client.answerBegun(9);
  await engine.stop({ graceMs: 0 });
  await engine.close();

  const again = await createTestEngine(upstream, {}, home);
  const [record] = await again.engine.ledger.latest({ limit: 5 });
  expect(record).toMatchObject({ outcome: 'interrupted', path: '/v1/responses' });
});

test('WebSockets do not outlive their proxy', async () => {
  const upstream = await startWebSocketUpstream();
  const { engine } = await createTestEngine(upstream);
  for (let i = 0; i < 5; i += 1) {
    const { port } = await engine.start();
    const client = await openWebSocket(port);
    const accepted = await upstream.accepted();
    await engine.stop({ graceMs: 0 });
    await Promise.all([client.close(), accepted.close()]);
    expect(engine.active).toEqual([]);
  }
});
