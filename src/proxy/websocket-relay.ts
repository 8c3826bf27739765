import type { Socket } from 'node:net';
import { type RawData, WebSocket } from 'ws';

/** Both ends are pinged this often; an end that said nothing for a whole interval is dead. */
const PING_INTERVAL_MS = 30_000;
/** While more than this waits to be sent to one side, the other is not read. */
const BACKLOG_BYTES = 1024 * 1024;

type Side = 'client' | 'upstream';

/** A WebSocket and the connection it runs over. */
export interface WebSocketEnd {
  readonly socket: WebSocket;
  readonly wire: Socket;
}

export interface RelayEvents {
  onMessage(side: Side, data: Buffer, isBinary: boolean): void;
  onError(side: Side, error: Error): void;
  /** `side` closed first or answered the other's close. */
  onClose(side: Side, code: number): void;
}

/**
 * Passes messages whole and in order both ways; close codes and reasons are kept; a slow side stops the reading of the
 * other. Pings keep idle connections open through NATs and notice a peer that is gone without a word. Returns what ends
 * the pinging.
 */
export function relayWebSockets(client: WebSocketEnd, upstream: WebSocketEnd, events: RelayEvents): () => void {
  relay('client', client.socket, upstream.socket, events);
  relay('upstream', upstream.socket, client.socket, events);
  return keepAlive([client, upstream]);
}

function relay(side: Side, from: WebSocket, to: WebSocket, events: RelayEvents): void {
  from.on('message', (data: RawData, isBinary) => {
    const bytes = data as Buffer;
    events.onMessage(side, bytes, isBinary);
    if (to.readyState !== WebSocket.OPEN) return;
    to.send(bytes, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount < BACKLOG_BYTES) from.resume();
    });
    if (to.bufferedAmount >= BACKLOG_BYTES) from.pause();
  });
  from.on('error', (error) => events.onError(side, error));
  from.on('close', (code, reason) => {
    events.onClose(side, code);
    closeLike(to, code, reason);
  });
}

/** Any byte is a sign of life: into a long message no pong fits. */
function keepAlive(ends: readonly WebSocketEnd[]): () => void {
  const heard = new Map<Socket, number>();
  const timer = setInterval(() => {
    for (const { socket, wire } of ends) {
      // What waits to be read holds back a pong, and what waits to be sent our ping: then silence says nothing.
      if (socket.isPaused || socket.bufferedAmount > 0) heard.delete(wire);
      else if (heard.get(wire) === wire.bytesRead) socket.terminate();
      else heard.set(wire, wire.bytesRead);
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }
  }, PING_INTERVAL_MS);
  return () => clearInterval(timer);
}

/** Closes with the other side's code; 1005, 1006 and 1015 say that there was none and can't be sent. */
function closeLike(side: WebSocket, code: number, reason: Buffer): void {
  if (side.readyState !== WebSocket.OPEN) return;
  if (code === 1005) side.close();
  else if (code === 1006 || code === 1015) side.terminate();
  else side.close(code, reason);
}
