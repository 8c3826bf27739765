import { expect, onTestFinished } from 'vitest';
import { isAllowedPath, isWebSocketPath } from '../../src/providers/registry.js';
import type { AccessRules } from '../../src/proxy/access.js';
import {
  type ProxyServer,
  type ProxyServerOptions,
  type RefusedRequest,
  startProxyServer,
} from '../../src/proxy/server.js';
import type { UpstreamAccess, UpstreamAccessSource } from '../../src/session/session.js';
import type { ExchangeEnd, ExchangeHead, ExchangeObserver } from '../../src/shared/exchange.js';
import { englishOf } from '../../src/words/index.js';
import { waitFor } from './wait-for.js';

export const LOCAL_KEY = 'local-key-of-the-tests';
export const UPSTREAM_TOKEN = 'upstream-token-of-the-tests';
export const PROJECT_ID = 'prj_tests';
/** The line a client authorises itself with. */
export const KEY_LINE = `Authorization: Bearer ${LOCAL_KEY}`;

/** What the proxy told of one exchange. */
interface SeenExchange {
  readonly head: ExchangeHead;
  readonly requestData: Buffer[];
  readonly starts: { status: number; headers: Record<string, unknown> }[];
  readonly responseData: Buffer[];
  readonly messages: { from: 'client' | 'upstream'; data: Buffer; isBinary: boolean }[];
  readonly ends: ExchangeEnd[];
  /** Calls that came after the end, which must not be. */
  readonly late: string[];
}

export interface TestProxy {
  readonly port: number;
  readonly url: string;
  readonly server: ProxyServer;
  /** Oldest first. */
  readonly exchanges: SeenExchange[];
  readonly problems: string[];
  readonly refused: RefusedRequest[];
  /** Resolves once the `count` first exchanges have ended, with their ends. */
  ended(count?: number): Promise<ExchangeEnd[]>;
  stop(graceMs?: number): Promise<void>;
}

export interface TestProxyOptions {
  /** Where requests go. */
  readonly upstream: { readonly url: string } | string;
  readonly access?: Partial<AccessRules>;
  readonly upstreamAccess?: Partial<UpstreamAccessSource>;
  readonly observe?: ProxyServerOptions['observe'];
  readonly rewrite?: ProxyServerOptions['rewrite'];
  readonly host?: string;
  readonly port?: number;
  readonly onRefused?: ProxyServerOptions['onRefused'];
  /** The test provokes these: that there are none is not checked. */
  readonly expectProblems?: boolean;
}

export function accessTo(upstream: { readonly url: string } | string): UpstreamAccess {
  const baseUrl = typeof upstream === 'string' ? upstream : upstream.url;
  return { baseUrl, upstreamToken: UPSTREAM_TOKEN, projectId: PROJECT_ID };
}

/**
 * A real proxy on a free port, whose meter collects what it sees. It is stopped when the test is over; then every
 * exchange must have been told its end exactly once, as the last thing.
 */
export async function startProxy(options: TestProxyOptions): Promise<TestProxy> {
  const exchanges: SeenExchange[] = [];
  const problems: string[] = [];
  const refused: RefusedRequest[] = [];
  const server = await startProxyServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    access: {
      localKey: LOCAL_KEY,
      host: options.host ?? '127.0.0.1',
      allowedHosts: [],
      allowedOrigins: [],
      ...options.access,
    },
    upstreamAccess: {
      access: () => accessTo(options.upstream),
      accessAfterRefusal: () => Promise.resolve(undefined),
      ...options.upstreamAccess,
    },
    isAllowedPath,
    isWebSocketPath,
    observe: options.observe ?? ((head) => collect(head, exchanges)),
    rewrite: options.rewrite ?? (() => undefined),
    version: '1.2.3-test',
    onProblem: (problem) => problems.push(englishOf(problem)),
    onRefused: options.onRefused ?? ((request) => refused.push(request)),
  });
  const stop = (graceMs = 0) => server.stop(graceMs);
  onTestFinished(async () => {
    await stop();
    await waitFor(() => server.inFlight === 0, 'the last exchange to end after stop()');
    for (const { head, ends, late } of exchanges) {
      expect({ path: head.path, ends: ends.length, late }).toEqual({ path: head.path, ends: 1, late: [] });
    }
    if (!options.expectProblems) expect(problems).toEqual([]);
  });
  return {
    port: server.port,
    url: `http://127.0.0.1:${server.port}`,
    server,
    get exchanges() {
      server.catchUp();
      return exchanges;
    },
    problems,
    refused,
    async ended(count = 1) {
      await waitFor(
        () => exchanges.length >= count && exchanges.slice(0, count).every(({ ends }) => ends.length > 0),
        `the end of ${count} exchange(s)`,
      );
      return exchanges.slice(0, count).flatMap(({ ends }) => ends);
    },
    stop,
  };
}

function collect(head: ExchangeHead, exchanges: SeenExchange[]): ExchangeObserver {
  const seen: SeenExchange = {
    head,
    requestData: [],
    starts: [],
    responseData: [],
    messages: [],
    ends: [],
    late: [],
  };
  exchanges.push(seen);
  const guard = (name: string) => {
    if (seen.ends.length > 0) seen.late.push(name);
  };
  return {
    onRequestData(chunk) {
      guard('onRequestData');
      seen.requestData.push(Buffer.from(chunk));
    },
    onResponseStart(status, headers) {
      guard('onResponseStart');
      seen.starts.push({ status, headers: { ...headers } });
    },
    onResponseData(chunk) {
      guard('onResponseData');
      seen.responseData.push(Buffer.from(chunk));
    },
    onMessage(from, data, isBinary) {
      guard('onMessage');
      seen.messages.push({ from, data: Buffer.from(data), isBinary });
    },
    onEnd(end) {
      guard('onEnd');
      seen.ends.push(end);
    },
  };
}
