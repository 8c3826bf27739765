import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestRecord } from './journal.js';
import type { Service } from './service.js';

/** One HTTP request on its way through the service. */
export interface Exchange {
  readonly service: Service;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
}
