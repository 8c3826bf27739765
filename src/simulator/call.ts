import type { IncomingHttpHeaders } from 'node:http';
import type { ReceivedBody } from './body.js';
import type { Plan } from './plan.js';
import type { SimulatedService } from './service.js';

/** One request to a provider, read and allowed, as its endpoints see it. */
export interface Call {
  readonly method: string;
  /** What the provider knows: "/v1/messages". */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: ReceivedBody;
  readonly plan: Plan;
  readonly service: SimulatedService;
  /** Names the answer, as providers do in a header. */
  readonly requestId: string;
}
