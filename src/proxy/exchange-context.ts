import type { Upstream } from '../net/upstream.js';
import type { UpstreamAccess, UpstreamAccessSource } from '../session/session.js';
import type { ExchangeHead, ExchangeObserver } from '../shared/exchange.js';
import type { Route } from './route.js';

/** What an exchange needs to know, over HTTP and over a WebSocket. */
export interface ExchangeContext {
  readonly head: ExchangeHead;
  readonly route: Route;
  /** What to send with this exchange, already taken or on its way. */
  readonly access: UpstreamAccess | Promise<UpstreamAccess>;
  readonly accessSource: UpstreamAccessSource;
  upstreamFor(access: UpstreamAccess): Upstream;
  readonly observer: ExchangeObserver;
  /** Fields that label the exchange for MeshAgent, flat. */
  readonly annotations: readonly string[];
  onEnd(): void;
}
