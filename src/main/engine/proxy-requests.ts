import type { Requests } from '../ipc/requests.js';
import type { AppEngine } from './app-engine.js';

export interface ProxyRequestsOptions {
  readonly requests: Requests;
  readonly engine: AppEngine;
  /** Starts the proxy where that is wanted and can be. */
  readonly autostart: () => Promise<void>;
}

export function registerProxyRequests({ requests, engine, autostart }: ProxyRequestsOptions): void {
  requests.handle('proxy:start', () => engine.start());
  requests.handle('proxy:stop', ({ now }) => engine.stop(now ? { graceMs: 0 } : undefined));
  requests.handle('overhead:read', () => engine.current.overhead());
  requests.handle('demo:leave', async () => {
    await engine.leaveDemo();
    await autostart();
  });
}
