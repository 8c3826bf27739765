import tls, { type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { connectionError } from '../net/connection-error.js';
import { createUpstream, type Upstream } from '../net/upstream.js';
import { upstreamFailure } from '../net/upstream-failure.js';
import type { AnswerHead } from '../net/upstream-request.js';
import type { ErrorFacts } from '../shared/errors.js';

/** What one request to MeshAgent, without a token, showed of the way there. */
export type Probe =
  | { readonly kind: 'no_address'; readonly why: ErrorFacts | undefined }
  | {
      readonly kind: 'failed';
      readonly failure: ReturnType<typeof upstreamFailure>;
      readonly presented: readonly Presented[];
    }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly timings: Timings;
      /** What the server showed, its own first; empty over plain HTTP. */
      readonly presented: readonly Presented[];
      /** Unix milliseconds: what the answer was dated, and our time when it was made, as near as can be told. */
      readonly date: { readonly theirs: number; readonly ours: number } | undefined;
    };

/** One certificate. */
export interface Presented {
  /** Undefined: it has no name. */
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
  readonly fingerprint256: string;
}

/** Milliseconds of each step; undefined: there was none (an address instead of a name, plain HTTP, a tunnel). */
export interface Timings {
  readonly dns: number | undefined;
  readonly tcp: number | undefined;
  readonly tls: number | undefined;
  readonly firstByte: number;
  readonly total: number;
}

const LIMIT_MS = 8000;

/** Goes the way that requests of the proxy go: the same corporate proxies, the same certificates. Never rejects. */
export function probeUpstream(baseUrl: string, outer: AbortSignal | undefined): Promise<Probe> {
  return new Promise((resolve) => {
    const limit = AbortSignal.timeout(LIMIT_MS);
    const signal = outer ? AbortSignal.any([outer, limit]) : limit;
    const begunAt = Date.now();
    const begun = performance.now();
    const at: { lookup?: number; connect?: number; secureConnect?: number } = {};
    let presented: readonly Presented[] = [];
    let upstream: Upstream | undefined;
    const end = () => {
      signal.removeEventListener('abort', onAbort);
      upstream?.close();
    };
    const fail = async (error: unknown) => {
      end();
      const failure = upstreamFailure(error, baseUrl);
      const shown = failure.errorType === 'upstream_tls' ? await presentedAnyway(baseUrl, signal) : [];
      resolve({ kind: 'failed', failure, presented: shown });
    };
    const onAbort = () => void fail(connectionError('ETIMEDOUT'));
    signal.addEventListener('abort', onAbort, { once: true });
    const onHead = ({ status, fields }: AnswerHead) => {
      const now = performance.now();
      end();
      const sent = at.secureConnect ?? at.connect ?? begun;
      resolve({
        kind: 'answered',
        status,
        presented,
        timings: {
          dns: at.lookup === undefined ? undefined : at.lookup - begun,
          tcp: at.connect === undefined ? undefined : at.connect - (at.lookup ?? begun),
          tls: at.secureConnect === undefined ? undefined : at.secureConnect - (at.connect ?? begun),
          firstByte: now - sent,
          total: now - begun,
        },
        // The answer was made between our sending it and its coming.
        date: dateOf(fields, begunAt + (sent - begun + (now - begun)) / 2),
      });
      return false;
    };
    try {
      upstream = createUpstream(baseUrl, (socket) => {
        socket.once('lookup', () => {
          at.lookup = performance.now();
        });
        socket.once('connect', () => {
          at.connect = performance.now();
        });
        socket.once('secureConnect', () => {
          at.secureConnect = performance.now();
          presented = chainOf(socket as TLSSocket);
        });
      });
      const headers = ['Accept', '*/*', 'User-Agent', 'meshbar'];
      const none = () => {};
      const listener = { onHead, onBody: none, onRead: none, onEnd: none, onDrain: none };
      upstream.send({ method: 'GET', path: '/', headers }, { ...listener, onError: (error) => void fail(error) });
    } catch (error) {
      void fail(error);
    }
  });
}

/** The field tells whole seconds: on average it is half of one behind. */
function dateOf(fields: readonly string[], ours: number): { theirs: number; ours: number } | undefined {
  const at = fields.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'date');
  const theirs = Date.parse(at === -1 ? '' : (fields[at + 1] as string));
  return Number.isNaN(theirs) ? undefined : { theirs: theirs + 500, ours };
}

function chainOf(socket: TLSSocket): Presented[] {
  const chain: Presented[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // A root is its own issuer.
  while (certificate?.fingerprint256 && !chain.some((one) => one.fingerprint256 === certificate?.fingerprint256)) {
    const { subject, issuer, fingerprint256 } = certificate;
    chain.push({ subject: nameOf(subject), issuer: nameOf(issuer), fingerprint256 });
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

function nameOf(name: tls.Certificate | undefined): string | undefined {
  const text = name?.O ?? name?.CN;
  return Array.isArray(text) ? text.join(', ') : text;
}

/** Whose certificate was not trusted: a handshake alone, over which nothing is sent. */
function presentedAnyway(baseUrl: string, signal: AbortSignal): Promise<readonly Presented[]> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(baseUrl);
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = tls.connect({
      host,
      port: port === '' ? 443 : Number(port),
      rejectUnauthorized: false,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    });
    const end = (chain: readonly Presented[]) => {
      socket.destroy();
      resolve(chain);
    };
    socket.on('secureConnect', () => end(chainOf(socket)));
    socket.on('error', () => end([]));
    signal.addEventListener('abort', () => end([]), { once: true });
  });
}
