import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import { openWebSocket, startWebSocketUpstream, type TestWebSocket } from '../helpers/websockets.js';

async function joined(): Promise<{
  proxy: Awaited<ReturnType<typeof startProxy>>;
  client: TestWebSocket;
  upstream: TestWebSocket;
}> {
  const server = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream: server });
  const client = await openWebSocket(proxy.port);
  return { proxy, client, upstream: await server.accepted() };
}

const MIB = 1024 * 1024;

test.each([
  ['text', Buffer.from('{"type":"response.create","ü":"✓"}'), false],
  ['binary', Buffer.from([0, 255, 128, 10, 13]), true],
  ['empty text', Buffer.alloc(0), false],
  ['empty binary', Buffer.alloc(0), true],
  ['text that is not UTF-8', Buffer.from([0xc3, 0x28]), false],
  ['8 MiB', Buffer.alloc(8 * MIB, 'abc'), true],
])('a message of %s passes both ways, as it is', async (_name, data, isBinary) => {
  const { proxy, client, upstream } = await joined();
  // ws checks text it receives; here the proxy's own leniency is what is tested.
  for (const { socket } of [client, upstream]) {
    const internals = socket as unknown as { _receiver: { _skipUTF8Validation: boolean } };
    internals._receiver._skipUTF8Validation = true;
  }
  client.socket.send(data, { binary: isBinary });
  const up = await upstream.message();
  upstream.socket.send(data, { binary: isBinary });
  const down = await client.message();
  for (const message of [up, down]) {
    expect(message.isBinary).toBe(isBinary);
    expect(message.data.equals(data)).toBe(true);
  }
  client.socket.close();
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ requestBytes: data.length, responseBytes: data.length, status: 101 });
  expect(proxy.exchanges[0]?.messages.map(({ from, isBinary: binary }) => [from, binary])).toEqual([
    ['client', isBinary],
    ['upstream', isBinary],
  ]);
});

test('fragments arrive as the message they are, with a ping between them', async () => {
  const { client, upstream } = await joined();
  const sender = client.socket;
  sender.send('one ', { fin: false });
  sender.send('two ', { fin: false });
  sender.ping('between');
  sender.send('three', { fin: true });
  expect(await upstream.texts(1)).toEqual(['one two three']);
  upstream.socket.send(Buffer.from([1]), { fin: false, binary: true });
  upstream.socket.send(Buffer.from([2]), { fin: true, binary: true });
  expect(await client.message()).toEqual({ data: Buffer.from([1, 2]), isBinary: true });
});

test('a ping is answered on either side with its own data', async () => {
  const { client, upstream } = await joined();
  client.socket.ping('from the client');
  upstream.socket.ping('from upstream');
  await waitFor(() => client.pongs.includes('from the client'), 'a pong for the client');
  await waitFor(() => upstream.pongs.includes('from upstream'), 'a pong for upstream');
});

test('a message reaches the other side before the next is sent', async () => {
  const { client, upstream } = await joined();
  for (let i = 0; i < 20; i += 1) {
    client.socket.send(`question ${i}`);
    expect((await upstream.message(i)).data.toString()).toBe(`question ${i}`);
    upstream.socket.send(`answer ${i}`);
    expect((await client.message(i)).data.toString()).toBe(`answer ${i}`);
  }
});

const textOf = (index: number, size: number) => `${index}`.repeat(size).slice(0, size);

test('any messages, however interleaved, arrive whole and in order', async () => {
  const { client, upstream } = await joined();
  const message = fc.record({
    fromClient: fc.boolean(),
    isBinary: fc.boolean(),
    // Around the sizes where a frame's length takes another form (125, 65535).
    size: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 65_000, max: 66_000 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
      client.messages.length = 0;
      upstream.messages.length = 0;
      for (const [index, { fromClient, isBinary, size }] of messages.entries()) {
        (fromClient ? client : upstream).socket.send(textOf(index, size), { binary: isBinary });
      }
      for (const [receiver, fromClient] of [
        [upstream, true],
        [client, false],
      ] as const) {
        const sent = [...messages.entries()].filter(([, message]) => message.fromClient === fromClient);
        await waitFor(() => receiver.messages.length >= sent.length, 'all messages');
        const got = receiver.messages.map(({ data, isBinary }) => ({ text: data.toString(), isBinary }));
        expect(got).toEqual(sent.map(([index, { size, isBinary }]) => ({ text: textOf(index, size), isBinary })));
      }
    }),
    { numRuns: 20 },
  );
});
