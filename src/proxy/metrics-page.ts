import type { ServerResponse } from 'node:http';
import type { Failure } from '../net/failure.js';
import { say } from '../words/say.js';
import type { IncomingRequest } from './incoming-request.js';

/** Gives the figures in Prometheus' text format 0.0.4. */
export type Scrape = () => Promise<string>;

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function isMetricsPath(target: string): boolean {
  return target === '/metrics' || target.startsWith('/metrics?');
}

/** Answers a request that was let in. `refuse` answers with an error and more fields of its head. */
export function answerMetrics(
  request: IncomingRequest,
  response: ServerResponse,
  scrape: Scrape | undefined,
  cors: readonly string[],
  refuse: (failure: Failure, headers?: string[]) => void,
): void {
  if (scrape === undefined) {
    refuse({ status: 404, errorType: 'not_found', reason: say('proxy.metrics.off') });
    return;
  }
  if (request.method !== 'GET') {
    refuse({ status: 405, errorType: 'method_not_allowed', reason: say('proxy.metrics.method') }, ['Allow', 'GET']);
    return;
  }
  scrape().then(
    (text) => {
      response.writeHead(200, [
        'Content-Type',
        CONTENT_TYPE,
        'Content-Length',
        String(Buffer.byteLength(text)),
        ...cors,
      ]);
      response.end(text);
    },
    () => refuse({ status: 500, errorType: 'internal', reason: say('proxy.metrics.failed') }),
  );
}
