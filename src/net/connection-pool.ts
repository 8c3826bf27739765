import type { Connect } from './connect.js';
import { Connection } from './connection.js';
import { type RequestListener, type RequestStart, UpstreamRequest } from './upstream-request.js';

/** More idle ones are not kept: after a burst they would only be waited out. */
const MAX_IDLE = 64;

/** The connections to one server: kept and shared until `close()`. */
export class ConnectionPool {
  private readonly idle: Connection[] = [];
  private readonly open = new Set<Connection>();
  private readonly opening = new Set<() => void>();
  private readonly onFree = (connection: Connection) => {
    if (this.idle.length >= MAX_IDLE) connection.destroy();
    else this.idle.push(connection);
  };
  private readonly onGone = (connection: Connection) => {
    this.open.delete(connection);
    const at = this.idle.lastIndexOf(connection);
    if (at !== -1) this.idle.splice(at, 1);
  };

  constructor(private readonly connect: Connect) {}

  /** 'fresh' opens a connection of its own; 'kept' takes the one used last, the least likely to have been dropped. */
  send(start: RequestStart, listener: RequestListener, connection: 'kept' | 'fresh'): UpstreamRequest {
    const kept = connection === 'kept' ? this.takeIdle() : undefined;
    const request = new UpstreamRequest(start, listener, undefined);
    if (kept) request.assign(kept);
    else this.openFor(request);
    return request;
  }

  close(): void {
    for (const cancel of [...this.opening]) cancel();
    for (const connection of [...this.open]) connection.destroy();
  }

  private takeIdle(): Connection | undefined {
    for (;;) {
      const connection = this.idle.pop();
      if (connection === undefined) return undefined;
      if (connection.expiresAt === Number.POSITIVE_INFINITY || performance.now() < connection.expiresAt) {
        return connection;
      }
      connection.destroy();
    }
  }

  private openFor(request: UpstreamRequest): void {
    let settled = false;
    let giveUp = () => {};
    const cancel = () => {
      this.opening.delete(cancel);
      settled = true;
      giveUp();
    };
    request.cancelOpening = cancel;
    this.opening.add(cancel);
    giveUp = this.connect((error, socket, ready = 'connect') => {
      this.opening.delete(cancel);
      if (settled) {
        socket?.destroy();
        return;
      }
      settled = true;
      if (socket === undefined) {
        request.onError(error ?? new Error('no connection'));
        return;
      }
      const opened = new Connection(socket, ready, this.onFree, this.onGone);
      this.open.add(opened);
      request.assign(opened);
    });
  }
}
