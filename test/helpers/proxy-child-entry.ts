import { isAllowedPath, isWebSocketPath } from '../../src/providers/registry.js';
import { startProxyServer } from '../../src/proxy/server.js';
import type { BodyRewrite, ExchangeEnd } from '../../src/shared/exchange.js';
import { speedUpTime } from './fast-clock.js';

type RewriteStep = 'head' | 'request' | 'requestStream' | 'response' | 'push' | 'flush';

export interface ChildOptions {
  readonly upstreamUrl: string;
  readonly localKey: string;
  /** A change to bodies that throws there, and changes nothing elsewhere. */
  readonly rewriteThrowsIn?: RewriteStep;
  /** How much faster than usual timers run. */
  readonly speed?: number;
  /** Real milliseconds that a timer then takes at least. */
  readonly leastMs?: number;
}

export type FromChild =
  | { readonly port: number }
  | { readonly peak: number }
  | { readonly passed: number }
  | { readonly end: ExchangeEnd };
export type ToChild = 'peak' | { readonly pass: number };

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;

function rewriteThrowingIn(where: RewriteStep | undefined): BodyRewrite | undefined {
  if (where === undefined) return undefined;
  const step = <T>(name: RewriteStep, result: T): T => {
    if (name === where) throw new TypeError('a secret prompt');
    return result;
  };
  const filter = { push: (chunk: Buffer) => step('push', chunk), flush: () => step('flush', Buffer.alloc(0)) };
  return step('head', {
    request: () => step('request', undefined),
    requestStream: () => step('requestStream', { push: (chunk: Buffer) => chunk, flush: () => Buffer.alloc(0) }),
    response: () => step('response', filter),
  });
}

const tell = (message: FromChild) => process.send?.(message);

if (options.speed !== undefined) speedUpTime(options.speed, options.leastMs);
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
  rewrite: () => rewriteThrowingIn(options.rewriteThrowsIn),
  version: '1.2.3-test',
  onProblem: (message) => process.stderr.write(`${message}\n`),
});
tell({ port: proxy.port });
