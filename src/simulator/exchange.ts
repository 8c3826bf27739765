import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestRecord } from './journal.js';
import type { SimulatedService } from './service.js';

/** One HTTP request on its way through the service. */
export interface Exchange {
  readonly service: SimulatedService;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
}
