import { type RawData, WebSocket } from 'ws';

/** Both ends are pinged this often; an end that missed a whole interval is dead. */
const PING_INTERVAL_MS = 30_000;
/** While more than this waits to be sent to one side, the other is not read. */
const BACKLOG_BYTES = 1024 * 1024;

type Side = 'client' | 'upstream';

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
export function relayWebSockets(
  client: WebSocket,
  upstream: WebSocket,
  events: RelayEvents,
  pingIntervalMs = PING_INTERVAL_MS,
): () => void {
  relay('client', client, upstream, events);
  relay('upstream', upstream, client, events);
  return keepAlive(pingIntervalMs, client, upstream);
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

function keepAlive(intervalMs: number, ...sides: WebSocket[]): () => void {
  const alive = new Map(sides.map((side) => [side, true]));
  for (const side of sides) side.on('pong', () => alive.set(side, true));
  const timer = setInterval(() => {
    for (const side of sides) {
      // A paused side may have its pong waiting behind what we do not read.
      if (!alive.get(side) && !side.isPaused) side.terminate();
      else if (side.readyState === WebSocket.OPEN) {
        alive.set(side, false);
        side.ping();
      }
    }
  }, intervalMs);
  return () => clearInterval(timer);
}

/** Closes with the other side's code; 1005, 1006 and 1015 say that there was none and can't be sent. */
function closeLike(side: WebSocket, code: number, reason: Buffer): void {
  if (side.readyState !== WebSocket.OPEN) return;
  if (code === 1005) side.close();
  else if (code === 1006 || code === 1015) side.terminate();
  else side.close(code, reason);
}
