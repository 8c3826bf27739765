import type { IncomingHttpHeaders } from 'node:http';
import { createUpstream, type Upstream } from '../net/upstream.js';
import { upstreamFailure } from '../net/upstream-failure.js';

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
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The service could not be asked, or did not answer in time. `message` is a sentence without secrets. */
export class UnreachableError extends Error {}

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * One call to MeshAgent beside the proxied ones, by way of the same corporate proxies and certificates. It is made with
 * node:http because `fetch` would cost the idle proxy 17 MiB. Redirects are answers like others: what we send is secret.
 * Rejects with UnreachableError, or with the signal's reason.
 */
export function callService(baseUrl: string, call: ServiceCall): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    const unreachable = (error: unknown) => new UnreachableError(upstreamFailure(error, baseUrl).reason);
    let upstream: Upstream;
    try {
      upstream = createUpstream(baseUrl);
    } catch (error) {
      // A corporate proxy's address that is no URL.
      reject(unreachable(error));
      return;
    }
    const headers = ['Host', upstream.host, 'Accept', 'application/json', 'User-Agent', 'meshbar'];
    for (const [name, value] of Object.entries(call.headers ?? {})) headers.push(name, value);
    if (call.body !== undefined) headers.push('Content-Length', String(Buffer.byteLength(call.body)));
    const request = upstream.request(call.method, call.path, headers);
    const timer = setTimeout(() => request.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })), TIMEOUT_MS);
    const onAbort = () => request.destroy();
    const settle = (act: () => void) => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', onAbort);
      upstream.close();
      act();
    };
    const fail = (error: unknown) =>
      settle(() => {
        if (call.signal?.aborted) reject(call.signal.reason);
        else reject(unreachable(error));
      });
    call.signal?.addEventListener('abort', onAbort);
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) request.destroy();
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        settle(() => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
    });
    request.end(call.body);
    if (call.signal?.aborted) onAbort();
  });
}
