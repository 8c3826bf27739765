import type { ClientFields } from './client-fields.js';
import type { ProviderName } from './providers.js';
import type { Outcome, Transport } from './usage.js';

/** What is known of an exchange when its request's head has been accepted. */
export interface ExchangeHead {
  readonly id: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly providerName: ProviderName;
  /** Set by the proxy once the session gave access; undefined if it never did. Read it when the exchange ends. */
  projectId: string | undefined;
  readonly method: string;
  /** Upstream path after the provider's prefix, without query: "/v1/chat/completions". */
  readonly path: string;
  readonly transport: Transport;
  /** Id of the named local key that the client showed. */
  readonly keyId?: string;
  /** Set with the label that MeshAgent is told for it (annotation.ts). Read it when the exchange ends. */
  labelled?: boolean;
  /** Of the client's request: its key is among them. */
  readonly headers: Partial<ClientFields>;
}

/** The fields of an answer that say how its body is to be read, under the names node:http has for them. */
export interface BodyFields {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}

export interface ExchangeEnd {
  readonly outcome: Outcome;
  /** What the client got, also where the proxy itself made the answer. */
  readonly status: number | undefined;
  /** Set by the proxy for failures it saw itself ("upstream_reset", "client_abort", ...). */
  readonly errorType?: string;
  readonly errorReason?: string;
  /** It went out again after a kept connection broke without an answer: the first may have been served too. */
  readonly sentTwice?: boolean;
  /** Of a WebSocket that was accepted: who closed it first, unless the proxy did. */
  readonly closedBy?: 'client' | 'upstream' | undefined;
  readonly durationMs: number;
  /** From the request's head to the first byte of upstream's body; undefined if none came. */
  readonly timeToFirstChunkMs?: number | undefined;
  /** Body bytes from and to the client. */
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/**
 * Sees the bytes of one exchange soon after they passed, in order, and never changes them. The proxy catches what it
 * throws, once, and stops calling it. Chunks are the proxy's: to keep bytes, copy them.
 */
export interface ExchangeObserver {
  onRequestData(chunk: Buffer): void;
  /** Final response head as the client gets it (upstream's, or the proxy's own error answer). */
  onResponseStart(status: number, fields: BodyFields): void;
  /** The first byte of upstream's body is here, so long after the request's head; the byte itself comes next. */
  onFirstChunk?(timeToFirstChunkMs: number): void;
  onResponseData(chunk: Buffer): void;
  /** A WebSocket message, whole. */
  onMessage(from: 'client' | 'upstream', data: Buffer, isBinary: boolean): void;
  /** Exactly once, last, unless a call before it threw. */
  onEnd(end: ExchangeEnd): void;
  /** In place of `onEnd` where a call before it threw: no other call came since. */
  onUnobservedEnd?(): void;
}

export type ObserveExchange = (head: ExchangeHead) => ExchangeObserver;

/** What to pass on for each chunk; `flush` gives what was held back until the end. */
export interface ByteFilter {
  push(chunk: Buffer): Buffer;
  flush(): Buffer;
}

/**
 * A change to the bodies of one exchange that the user agreed to (asking for usage on a chat stream's behalf).
 * Requests are rewritten whole up to the replay limit, above it as they pass.
 */
export interface BodyRewrite {
  /** The body to send instead, or undefined to send it as it came. */
  request(body: Buffer): Buffer | undefined;
  /** For bodies too large to hold; undefined to send it as it comes. */
  requestStream(): ByteFilter | undefined;
  /**
   * Called once with the response head, after the request's rewriting. Gives a filter of response bytes,
   * or undefined if they pass unchanged.
   */
  response(status: number, fields: BodyFields): ByteFilter | undefined;
}

/** Undefined: this exchange's bytes pass unchanged. */
export type RewriteExchange = (head: ExchangeHead) => BodyRewrite | undefined;
