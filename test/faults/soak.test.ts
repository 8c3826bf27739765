/**
 * Exchanges of every kind, whole and broken off at either end, over several starts of one engine: nothing of them may
 * be left. MESHBAR_SOAK=<n> makes n rounds of it, for a long run.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createTestEngine } from '../helpers/start-engine.js';
import { LOCAL_KEY } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const ROUNDS = Number(process.env.MESHBAR_SOAK ?? 4);
const AT_ONCE = 25;
const EXCHANGES = 300;
const HEADERS = { Authorization: `Bearer ${LOCAL_KEY}`, 'Content-Type': 'application/json' };
const ANSWER = JSON.stringify({ model: 'gpt-5.4', usage: { input_tokens: 1, output_tokens: 1 } });
const EVENT = 'data: {"type":"response.output_text.delta","delta":"x"}\n\n';

/** What upstream does, named by the client's field; each has its own proper end or none. */
const PLANS: Record<string, (request: http.IncomingMessage, response: http.ServerResponse) => void> = {
  answer: (_request, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(ANSWER),
  refusal: (_request, response) => response.writeHead(429, { 'Content-Type': 'application/json' }).end('{}'),
  stream(_request, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(EVENT);
    setImmediate(() => response.end(EVENT));
  },
  quiet(_request, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(EVENT);
  },
  silent() {},
  reset: (request) => request.socket.resetAndDestroy(),
  cut(request, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(EVENT, () => request.socket.resetAndDestroy());
  },
};

async function startUpstream() {
  const server = http.createServer((request, response) => {
    request.resume();
    const plan = PLANS[String(request.headers['x-plan'])];
    if (plan) plan(request, response);
    // The service's own calls: whether the project may use the proxy.
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"allowed":true}');
  });
  const acceptor = new WebSocketServer({ server });
  acceptor.on('connection', (socket, request) => {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      if (request.headers['x-plan'] === 'cut') socket.terminate();
      else if (request.headers['x-plan'] === 'answer') socket.send(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const connections = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections };
}

/** One HTTP exchange; the client leaves at once, at the first byte, or not at all. Resolves when it is over for it. */
function call(port: number, agent: http.Agent, plan: string, leave: 'at once' | 'first byte' | 'never'): Promise<void> {
  return new Promise((resolve) => {
    const headers = { ...HEADERS, 'X-Plan': plan };
    const request = http.request({ port, agent, method: 'POST', path: '/v1/responses', headers });
    request.on('error', () => {});
    request.on('close', resolve);
    request.on('response', (response) => {
      response.on('error', () => {});
      response.on('data', () => {
        if (leave === 'first byte') request.destroy();
      });
    });
    request.end('{"model":"gpt-5.4","stream":true}', () => {
      if (leave === 'at once') setImmediate(() => request.destroy());
    });
  });
}

function converse(port: number, plan: string): Promise<void> {
  return new Promise((resolve) => {
    const headers = { Authorization: HEADERS.Authorization, 'X-Plan': plan };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/realtime`, { headers });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.on('open', () => {
      socket.send('{"type":"response.create"}');
      if (plan === 'silent') setImmediate(() => socket.terminate());
    });
    socket.on('message', () => socket.close(1000));
  });
}

const KINDS: readonly ((port: number, agent: http.Agent) => Promise<void>)[] = [
  (port, agent) => call(port, agent, 'answer', 'never'),
  (port, agent) => call(port, agent, 'stream', 'never'),
  (port, agent) => call(port, agent, 'refusal', 'never'),
  (port, agent) => call(port, agent, 'reset', 'never'),
  (port, agent) => call(port, agent, 'cut', 'never'),
  (port, agent) => call(port, agent, 'stream', 'first byte'),
  (port, agent) => call(port, agent, 'quiet', 'first byte'),
  (port, agent) => call(port, agent, 'silent', 'at once'),
  (port, agent) => call(port, agent, 'answer', 'at once'),
  (port) => converse(port, 'answer'),
  (port) => converse(port, 'silent'),
  (port) => converse(port, 'cut'),
];

/** Sockets, listeners and timers of this process that keep it alive. */
function resources(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name)).length;
}

test(
  'mixed exchanges, broken off at either end, and starts again leave nothing behind',
  async () => {
    const upstream = await startUpstream();
    const { engine, problems } = await createTestEngine(upstream);
    await waitFor(() => true, 'a turn');
    const before = resources();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { port } = await engine.start();
      const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
      let next = 0;
      const client = async () => {
        while (next < EXCHANGES) {
          const kind = KINDS[next % KINDS.length];
          next += 1;
          await kind?.(port, agent);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, client));
      await waitFor(() => engine.active.length === 0, 'every exchange to have ended');
      // Some are under way when it stops.
      const cut = Promise.all(['silent', 'quiet'].map((plan) => call(port, agent, plan, 'never')));
      await waitFor(() => engine.active.length === 2, 'two exchanges under way');
      await engine.stop({ graceMs: 0 });
      await cut;
      agent.destroy();
      expect(engine.active).toEqual([]);
      await waitFor(async () => (await upstream.connections()) === 0, 'all connections upstream to be closed');
    }
    await waitFor(() => resources() <= before + 1, 'all sockets and timers to be gone');
    expect(problems).toEqual([]);
    await engine.ledger.flush();
    const { exchanges, interrupted, failed } = await engine.ledger.totals({});
    // A client that leaves at once may be gone before its request is there.
    const atOnce = 2 * Math.ceil(EXCHANGES / KINDS.length) * ROUNDS;
    expect(exchanges).toBeGreaterThanOrEqual((EXCHANGES + 2) * ROUNDS - atOnce);
    expect(exchanges).toBeLessThanOrEqual((EXCHANGES + 2) * ROUNDS);
    expect(interrupted).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0);
  },
  60_000 + ROUNDS * 30_000,
);
