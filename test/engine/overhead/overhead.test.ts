/**
 * What is measured is our part alone: a model that thinks and a client that reads slowly are not in it, waiting for the
 * upstream token is.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { askStatus } from '../../../src/engine/proxy-status.js';
import { isAllowedPath, isWebSocketPath } from '../../../src/providers/registry.js';
import { startProxyServer } from '../../../src/proxy/server.js';
import { createTestEngine } from '../../helpers/start-engine.js';
import { accessTo, LOCAL_KEY } from '../../helpers/start-proxy.js';
import { waitFor } from '../../helpers/wait-for.js';

const THINKING_MS = 300;

/** An upstream that thinks, says a head and a part of its answer, and ends it when it is told to. */
async function thinkingUpstream(): Promise<{ url: string; finish(): void }> {
  const waiting: http.ServerResponse[] = [];
  const server = http.createServer(async (request, response) => {
    for await (const _ of request);
    if (request.url?.startsWith('/accounts')) {
      response.writeHead(403).end();
      return;
    }
    await delay(THINKING_MS);
    response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    waiting.push(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    finish: () => waiting.splice(0).forEach((response) => void response.end('}')),
  };
}

/**
 * Resolves when the answer has begun. Head and body go out in one write: the time a request is held up begins when its
 * body is there, and the wait for the upstream token with its head.
 */
function call(url: string): Promise<{ text(): Promise<string> }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${LOCAL_KEY}`, 'content-type': 'application/json' };
    const request = http.request(`${url}/openai/v1/responses`, { method: 'POST', headers, agent: false });
    request.on('response', (response) => resolve({ text: () => text(response) }));
    request.on('error', reject);
    request.end('{"model":"gpt-5.4","input":"Hello"}');
  });
}

async function startMeasured(upstream: { url: string }, accessAfterMs: number) {
  const heldUp: number[] = [];
  const server = await startProxyServer({
    host: '127.0.0.1',
    port: 0,
    access: { localKey: LOCAL_KEY, host: '127.0.0.1', allowedHosts: [], allowedOrigins: [] },
    upstreamAccess: {
      access: () => (accessAfterMs === 0 ? accessTo(upstream) : delay(accessAfterMs, accessTo(upstream))),
      accessAfterRefusal: () => Promise.resolve(undefined),
    },
    isAllowedPath,
    isWebSocketPath,
    observe: () => ({ onRequestData() {}, onResponseStart() {}, onResponseData() {}, onMessage() {}, onEnd() {} }),
    rewrite: () => undefined,
    version: '1',
    onProblem: () => {},
    onHeldUp: (ms) => heldUp.push(ms),
  });
  onTestFinished(() => server.stop(0));
  return { url: `http://127.0.0.1:${server.port}`, heldUp };
}

test.each([0, THINKING_MS])(
  'a model that thinks is not our time; %i ms for the upstream token are',
  async (tokenMs) => {
    const upstream = await thinkingUpstream();
    const { url, heldUp } = await startMeasured(upstream, tokenMs);
    const begunAt = performance.now();
    const answer = await call(url);
    // It is known while the answer still comes: how long that takes can't be in it.
    await waitFor(() => heldUp.length === 1, 'the figure of the request');
    const elapsed = performance.now() - begunAt;
    upstream.finish();
    expect(await answer.text()).toBe('{}');
    expect(heldUp).toHaveLength(1);
    // Timers may be early by less than a millisecond.
    expect(heldUp[0]).toBeGreaterThan(Math.max(0, tokenMs - 1));
    expect(heldUp[0]).toBeLessThan(elapsed - THINKING_MS + 1);
  },
);

test('a request without a body is timed from its head', async () => {
  const upstream = await thinkingUpstream();
  const { url, heldUp } = await startMeasured(upstream, 0);
  const begunAt = performance.now();
  const answer = await fetch(`${url}/openai/v1/models`, { headers: { authorization: `Bearer ${LOCAL_KEY}` } });
  await waitFor(() => heldUp.length === 1, 'the figure of the request');
  expect(heldUp[0]).toBeLessThan(performance.now() - begunAt - THINKING_MS + 1);
  upstream.finish();
  await answer.text();
});

test('the engine tells it, and its status tells other processes that know the key', async () => {
  const upstream = await thinkingUpstream();
  const { engine } = await createTestEngine(upstream);
  expect(engine.overhead().added).toBeUndefined();
  const proxy = await engine.start();
  expect((await askStatus(proxy))?.overhead.added).toBeUndefined();
  const answer = await call(proxy.url);
  await waitFor(() => engine.overhead().added !== undefined, 'the figure of the request');
  expect(engine.overhead().added).toMatchObject({ requests: 1 });
  expect(await askStatus(proxy)).toMatchObject({
    version: '1.2.3-test',
    pid: process.pid,
    url: proxy.url,
    startedAt: proxy.startedAt,
    projectId: proxy.projectId,
    inFlight: 1,
    session: 'environment',
    upstreamTokenSource: 'the environment variable MESHAGENT_TOKEN',
    overhead: { added: { requests: 1 }, rssBytes: expect.any(Number) },
  });
  upstream.finish();
  await answer.text();
});

test('without the key it tells nothing, nor does it ever tell the key', async () => {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' });
  const { url, localKey } = await engine.start();
  const ask = (headers: Record<string, string>) => fetch(`${url}/meshbar/status`, { headers });
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await ask({ 'x-api-key': localKey, origin: 'http://example.com' })).status).toBe(403);
  const told = await ask({ 'x-api-key': localKey });
  expect(told.status).toBe(200);
  expect(await told.text()).not.toMatch(/local-key-of-the-tests|upstream-token-of-the-tests/);
  expect(await askStatus({ url, localKey: 'wrong' })).toBeUndefined();
});
