import type { ErrorFacts } from '../shared/errors.js';
import { connectionError } from './connection-error.js';
import type { Upstream } from './upstream.js';
import { upstreamFailure } from './upstream-failure.js';
import type { UpstreamRequest } from './upstream-request.js';

export interface ServiceCall {
  readonly method: 'GET' | 'POST';
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface ServiceAnswer {
  readonly status: number;
  /** By lower-case name; of a field that comes more than once, the last. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** The service could not be asked, or did not answer in time. */
export class UnreachableError extends Error {
  constructor(readonly facts: ErrorFacts) {
    super(facts.code);
  }
}

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * One call to MeshAgent beside the proxied ones, by way of the same corporate proxies and certificates. Redirects are
 * answers like others: what we send is secret. Rejects with UnreachableError, or with the signal's reason. undici is loaded
 * with the first call: many a command makes none.
 */
export async function callService(baseUrl: string, call: ServiceCall): Promise<ServiceAnswer> {
  const { createUpstream } = await import('./upstream.js');
  return new Promise((resolve, reject) => {
    const { signal } = call;
    let upstream: Upstream | undefined;
    let request: UpstreamRequest | undefined;
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      request?.destroy();
      upstream?.close();
      act();
    };
    const fail = (error: unknown) => settle(() => reject(new UnreachableError(upstreamFailure(error, baseUrl).reason)));
    const onAbort = () => settle(() => reject(signal?.reason));
    const timer = setTimeout(() => fail(connectionError('ETIMEDOUT')), TIMEOUT_MS);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);
    let status = 0;
    let fields: readonly string[] = [];
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      upstream = createUpstream(baseUrl);
      const headers = [
        'Accept',
        'application/json',
        'User-Agent',
        'meshbar',
        ...Object.entries(call.headers ?? {}).flat(),
      ];
      const body = call.body === undefined ? undefined : Buffer.from(call.body);
      request = upstream.send(
        { method: call.method, path: call.path, headers, body },
        {
          onHead(head) {
            ({ status, fields } = head);
            return false;
          },
          onBody(chunk) {
            bytes += chunk.length;
            if (bytes > MAX_ANSWER_BYTES) fail(connectionError('ECONNRESET'));
            else chunks.push(chunk);
          },
          onRead() {},
          onEnd() {
            const text = Buffer.concat(chunks).toString('utf8');
            settle(() => resolve({ status, headers: byName(fields), text }));
          },
          onError: fail,
          onDrain() {},
        },
      );
    } catch (error) {
      // Such as a corporate proxy's address that is no URL.
      fail(error);
    }
  });
}

function byName(fields: readonly string[]): Record<string, string> {
  const named: Record<string, string> = Object.create(null);
  for (let i = 0; i < fields.length; i += 2) named[(fields[i] as string).toLowerCase()] = fields[i + 1] as string;
  return named;
}
