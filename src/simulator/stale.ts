import type { Duplex } from 'node:stream';

const stale = new WeakSet<Duplex>();

/** From now on this connection is a dead one that does not know it: its next request is answered with a reset. */
export function markStale(socket: Duplex): void {
  stale.add(socket);
}

export function isStale(socket: Duplex): boolean {
  return stale.has(socket);
}
