/**
 * An idle WebSocket stays open through routers that forget quiet connections, and one whose other end is gone without
 * a word is noticed. Time runs 300 times as fast in the proxy's process.
 */
import { expect, test } from 'vitest';
import { startProxyChild } from '../../helpers/proxy-child.js';
import { LOCAL_KEY } from '../../helpers/start-proxy.js';
import { waitFor } from '../../helpers/wait-for.js';
import { openWebSocket, startWebSocketUpstream } from '../../helpers/websockets.js';

/** A busy machine may leave a process alone for 100 ms, which 30 s would be: an end that is there would look gone. */
const FAST = { speed: 300, leastMs: 400 };

test('both ends of an idle WebSocket are pinged, and it stays open', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, ...FAST });
  const client = await openWebSocket(proxy.port);
  const accepted = await upstream.accepted();
  await waitFor(() => client.pings.length >= 4 && accepted.pings.length >= 4, 'several pings on both sides');
  client.socket.send('still here');
  expect(await accepted.texts(1)).toEqual(['still here']);
  accepted.socket.send('so am I');
  expect(await client.texts(1)).toEqual(['so am I']);
});

test('an upstream that answers no ping is gone: the client’s end is closed', async () => {
  const upstream = await startWebSocketUpstream({ autoPong: false });
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, ...FAST });
  const client = await openWebSocket(proxy.port);
  expect((await client.close()).code).toBe(1006);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'interrupted', status: 101 });
});

test('a client that answers no ping is gone: the upstream’s end is closed', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, ...FAST });
  await openWebSocket(proxy.port, { autoPong: false });
  expect((await (await upstream.accepted()).close()).code).toBe(1006);
  await proxy.ended();
});
