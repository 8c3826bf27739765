import type { Upstream } from '../../src/net/upstream.js';
import type { AnswerHead, UpstreamRequest } from '../../src/net/upstream-request.js';

/** One request straight to an upstream, and what its listener heard. */
export interface UpstreamExchange {
  readonly request: UpstreamRequest;
  readonly heads: readonly AnswerHead[];
  readonly body: string;
  /** "end", or the code of an error; undefined until then. */
  readonly ended: string | undefined;
}

export interface SendOptions {
  readonly method?: string;
  readonly path?: string;
  readonly body?: Buffer | 'in pieces';
  /** What `onHead` gives: true holds what follows. */
  readonly hold?: boolean;
  /** Called after each read. */
  readonly onRead?: (request: UpstreamRequest) => void;
}

export function sendTo(upstream: Upstream, options: SendOptions = {}): UpstreamExchange {
  const { method = 'GET', path = '/', body, hold = false, onRead } = options;
  const heads: AnswerHead[] = [];
  const chunks: Buffer[] = [];
  let ended: string | undefined;
  const request = upstream.send(
    { method, path, headers: [], body },
    {
      onHead(head) {
        heads.push(head);
        return hold;
      },
      onBody: (bytes) => chunks.push(Buffer.from(bytes)),
      onRead: () => onRead?.(request),
      onEnd() {
        ended = 'end';
      },
      onError(error) {
        ended = (error as { code?: string }).code ?? error.message;
      },
      onDrain() {},
    },
  );
  return {
    request,
    heads,
    get body() {
      return Buffer.concat(chunks).toString();
    },
    get ended() {
      return ended;
    },
  };
}
