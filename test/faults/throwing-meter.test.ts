import { expect, test } from 'vitest';
import type { ExchangeObserver } from '../../src/shared/exchange.js';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import { openWebSocket, startWebSocketUpstream } from '../helpers/websockets.js';

const CALLBACKS = ['onRequestData', 'onResponseStart', 'onResponseData', 'onMessage', 'onEnd'] as const;

/** An observer that counts its calls and throws in one of them. */
function throwing(where: (typeof CALLBACKS)[number], calls: string[]): ExchangeObserver {
  const call = (name: string) => () => {
    calls.push(name);
    if (name === where) throw new TypeError('a secret prompt');
  };
  return Object.fromEntries(CALLBACKS.map((name) => [name, call(name)])) as unknown as ExchangeObserver;
}

test.each(CALLBACKS.filter((name) => name !== 'onMessage'))(
  'a meter that throws in %s never touches an HTTP exchange, and is not asked again',
  async (where) => {
    const upstream = await startRawUpstream();
    const calls: string[] = [];
    const proxy = await startProxy({ upstream, observe: () => throwing(where, calls), expectProblems: true });
    const client = await connectClient(proxy.port);
    await client.write(
      `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: 5\r\n\r\nhello`,
    );
    const request = await upstream.request();
    expect(request.body.toString()).toBe('hello');
    await request.answer(200, 'world');
    expect(await client.answer()).toMatchObject({ status: 200, text: 'world', complete: true });
    await waitFor(() => proxy.server.inFlight === 0 && proxy.problems.length > 0, 'the end of the exchange');
    expect(proxy.problems).toHaveLength(1);
    expect(proxy.problems[0]).not.toContain('secret');
    expect(calls.indexOf(where)).toBe(calls.length - 1);
  },
);

test.each(['onResponseStart', 'onMessage', 'onEnd'] as const)(
  'a meter that throws in %s never touches a WebSocket',
  async (where) => {
    const upstream = await startWebSocketUpstream();
    const calls: string[] = [];
    const proxy = await startProxy({ upstream, observe: () => throwing(where, calls), expectProblems: true });
    const client = await openWebSocket(proxy.port);
    const accepted = await upstream.accepted();
    client.socket.send('one');
    client.socket.send('two');
    expect(await accepted.texts(2)).toEqual(['one', 'two']);
    accepted.socket.send('three');
    expect(await client.texts(1)).toEqual(['three']);
    client.socket.close(1000, 'bye');
    expect(await accepted.close()).toEqual({ code: 1000, reason: 'bye' });
    await waitFor(() => proxy.server.inFlight === 0 && proxy.problems.length > 0, 'the end of the exchange');
    expect(proxy.problems).toHaveLength(1);
  },
);

test('a meter that can not even be made never touches an exchange', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({
    upstream,
    observe: () => {
      throw new TypeError('a secret prompt');
    },
    expectProblems: true,
  });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  await (await upstream.request()).answer(200, 'ok');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
  expect(proxy.problems.join()).not.toContain('secret');
});
