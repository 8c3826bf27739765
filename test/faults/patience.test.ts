/**
 * A model may think for twenty minutes before its first byte, and pause for long between two; HTTP clients have
 * timeouts of their own for both (five minutes in undici). Here time runs a thousand times as fast in the proxy's
 * process, for its timers and for its sockets.
 */
import { expect, test } from 'vitest';
import { startProxyChild } from '../helpers/proxy-child.js';
import { connectClient } from '../helpers/raw-client.js';
import { answerBytes, chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY } from '../helpers/start-proxy.js';

const SPEED = 1000;
const post = (rest: string) => `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n${rest}`;

test('nothing cuts a model that thinks, one that pauses, or an upload that stalls', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, speed: SPEED, leastMs: 500 });

  const thinking = await connectClient(proxy.port);
  await thinking.write(post('Content-Length: 2\r\n\r\n{}'));
  const first = await upstream.request();

  const pausing = await connectClient(proxy.port);
  await pausing.write(post('Content-Length: 2\r\n\r\n{}'));
  const second = await upstream.request();
  await second.connection.write(
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), chunk('data: 1\n\n')]),
  );
  await pausing.answerBegun(9);

  const stalling = await connectClient(proxy.port);
  await stalling.write(post('Content-Length: 10\r\n\r\nhello'));
  const connection = await upstream.connection().then(async () => {
    await upstream.connection();
    return upstream.connection();
  });
  await connection.begun({ kind: 'request' }, 5);

  await proxy.pass(25);

  await first.answer(200, 'thought');
  expect(await thinking.answer()).toMatchObject({ status: 200, text: 'thought' });
  await second.connection.write(Buffer.concat([chunk('data: 2\n\n'), chunk()]));
  expect(await pausing.answer()).toMatchObject({ complete: true, text: 'data: 1\n\ndata: 2\n\n' });
  await stalling.write('world');
  expect((await connection.message({ kind: 'request' }))?.body.toString()).toBe('helloworld');
  await connection.write(answerBytes(200, 'uploaded'));
  expect(await stalling.answer()).toMatchObject({ status: 200, text: 'uploaded' });
  expect((await proxy.ended(3)).map(({ outcome }) => outcome)).toEqual(['complete', 'complete', 'complete']);
});
