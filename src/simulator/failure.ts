import type { Duplex } from 'node:stream';

/** A fault of the simulator itself, not one on demand: loud, and the connection is ended. */
export function reportFailure(error: unknown, socket: Duplex): void {
  process.emitWarning(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
  socket.destroy();
}
