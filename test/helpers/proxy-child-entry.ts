import { isAllowedPath, isWebSocketPath } from '../../src/core/providers/registry.js';
import type { ExchangeEnd } from '../../src/core/proxy/observer.js';
import { startProxyServer } from '../../src/core/proxy/server.js';
import { speedUpTime } from './fast-clock.js';

export interface ChildOptions {
  readonly upstreamUrl: string;
  readonly localKey: string;
  /** How much faster than usual timers run. */
  readonly speed?: number;
}

export type FromChild =
  | { readonly port: number }
  | { readonly peak: number }
  | { readonly passed: number }
  | { readonly end: ExchangeEnd };
export type ToChild = 'peak' | { readonly pass: number };

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
const tell = (message: FromChild) => process.send?.(message);

if (options.speed !== undefined) speedUpTime(options.speed);
process.on('disconnect', () => process.exit());
process.on('message', (message: ToChild) => {
  if (message === 'peak') tell({ peak: process.resourceUsage().maxRSS * 1024 });
  else setTimeout(() => tell({ passed: message.pass }), message.pass);
});

const proxy = await startProxyServer({
  host: '127.0.0.1',
  port: 0,
  access: { localKey: options.localKey, host: '127.0.0.1', allowedHosts: [], allowedOrigins: [] },
  upstreamAccess: {
    access: () => ({ baseUrl: options.upstreamUrl, upstreamToken: 'upstream-token-of-the-tests', projectId: 'prj' }),
    accessAfterRefusal: () => Promise.resolve(undefined),
  },
  isAllowedPath,
  isWebSocketPath,
  observe: () => ({
    onRequestData() {},
    onResponseStart() {},
    onResponseData() {},
    onMessage() {},
    onEnd: (end) => tell({ end }),
  }),
  rewrite: () => undefined,
  version: '1.2.3-test',
  onProblem: (message) => process.stderr.write(`${message}\n`),
});
tell({ port: proxy.port });
