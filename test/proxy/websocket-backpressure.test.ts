import { expect, test } from 'vitest';
import { settled } from '../helpers/settled.js';
import { startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import { openWebSocket, startWebSocketUpstream, type TestWebSocket } from '../helpers/websockets.js';

const MIB = 1024 * 1024;
const TOTAL = 32 * MIB;

test.each(['client', 'upstream'] as const)(
  'a %s that reads slowly slows the other side, and loses nothing',
  async (slow) => {
    const server = await startWebSocketUpstream();
    const proxy = await startProxy({ upstream: server });
    const client = await openWebSocket(proxy.port);
    const upstream = await server.accepted();
    const [reader, writer]: TestWebSocket[] = slow === 'client' ? [client, upstream] : [upstream, client];
    if (!reader || !writer) throw new Error('unreachable');
    reader.socket.pause();
    const message = Buffer.alloc(MIB, 'x');
    for (let sent = 0; sent < TOTAL; sent += MIB) writer.socket.send(message);

    // The kernel's buffers of two connections and one backlog are between them; most must wait with the writer.
    const seen = () => proxy.exchanges[0]?.messages.length ?? 0;
    await waitFor(() => seen() > 0, 'messages to pass the proxy');
    await settled(seen);
    expect(seen()).toBeLessThan(TOTAL / MIB / 2);

    reader.socket.resume();
    await waitFor(() => reader.messages.length === TOTAL / MIB, 'all messages to arrive', 20_000);
  },
);
