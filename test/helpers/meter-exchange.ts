import type { IncomingHttpHeaders } from 'node:http';
import { createMeter } from '../../src/meter/meter.js';
import type { ExchangeEnd, ExchangeHead } from '../../src/shared/exchange.js';
import type { ProviderName } from '../../src/shared/providers.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';

export interface MeteredExchange {
  readonly providerName?: ProviderName;
  readonly method?: string;
  readonly path: string;
  readonly requestHeaders?: IncomingHttpHeaders;
  /** JSON, unless it is bytes or text. */
  readonly request?: unknown;
  /** undefined: there was no answer. */
  readonly status?: number | null;
  readonly headers?: IncomingHttpHeaders;
  /** JSON, unless it is bytes or text; text that begins like an event stream is one. */
  readonly answer?: unknown;
  /** Cuts the bytes of both bodies into the pieces that the meter sees. */
  readonly split?: (bytes: Buffer) => Buffer[];
  readonly end?: Partial<ExchangeEnd>;
}

export function exchangeHead(fields: Partial<ExchangeHead>): ExchangeHead {
  return {
    id: 'ex_1',
    startedAt: 1_790_000_000_000,
    providerName: 'openai',
    projectId: 'prj_1',
    method: 'POST',
    path: '/v1/chat/completions',
    transport: 'http',
    headers: {},
    ...fields,
  };
}

export function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Lets one HTTP exchange pass the meter; resolves with its one record. */
export function meterExchange(exchange: MeteredExchange): Promise<ExchangeRecord> {
  const request = bytesOf(exchange.request);
  const answer = bytesOf(exchange.answer);
  const split = exchange.split ?? ((bytes: Buffer) => [bytes]);
  const isStream = /^(?:\ufeff)?(?:data|event|:|id|retry)/.test(answer.toString('utf8', 0, 10));
  const status = exchange.status === undefined ? 200 : (exchange.status ?? undefined);
  return new Promise((resolve) => {
    const { observe } = createMeter({ onRecord: resolve });
    const observer = observe(
      exchangeHead({
        providerName: exchange.providerName ?? 'openai',
        method: exchange.method ?? 'POST',
        path: exchange.path,
        headers: { 'content-type': 'application/json', ...exchange.requestHeaders },
      }),
    );
    for (const piece of split(request)) observer.onRequestData(piece);
    if (status !== undefined) {
      const type = isStream ? 'text/event-stream; charset=utf-8' : 'application/json';
      observer.onResponseStart(status, { 'content-type': type, ...exchange.headers });
      for (const piece of split(answer)) {
        // The meter must not keep what is not its own.
        const lent = Buffer.from(piece);
        observer.onResponseData(lent);
        lent.fill(0x21);
      }
    }
    observer.onEnd({
      outcome: 'complete',
      durationMs: 0,
      status,
      requestBytes: request.length,
      responseBytes: answer.length,
      ...exchange.end,
    });
  });
}

/** What of a record does not depend on the clock. */
export function timeless(record: ExchangeRecord): Omit<ExchangeRecord, 'timeToFirstChunkMs' | 'durationMs'> {
  const { timeToFirstChunkMs, durationMs, ...rest } = record;
  return rest;
}
