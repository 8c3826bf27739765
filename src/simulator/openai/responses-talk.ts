import { z } from 'zod';
import { splitModel } from '../plan.js';
import type { SimulatedService } from '../service.js';
import type { SocketTalk } from '../socket-talk.js';
import { responseEvents } from './response-events.js';
import { answerResponse, RESPONSES_REQUEST, streamError } from './responses.js';

const CREATE = RESPONSES_REQUEST.extend({ type: z.literal('response.create'), stream_id: z.string().optional() });

/** Responses over a WebSocket: each `response.create` is answered with the events that SSE would bring. */
export function createResponsesTalk(service: SimulatedService): SocketTalk {
  return {
    opening: [],
    errorEvent: () => streamError(99),
    answer(message, plan) {
      const parsed = CREATE.safeParse(message);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const error = {
          type: 'invalid_request_error',
          code: null,
          message: issue?.message ?? 'No event.',
          param: issue?.path.join('.') || null,
        };
        return { events: [{ type: 'error', status: 400, error }], isResponse: false };
      }
      const request = { ...parsed.data, model: splitModel(parsed.data.model).model };
      const { response, items, bill } = answerResponse(request, plan, service);
      const { stream_id } = parsed.data;
      const events = named(responseEvents(response, items), stream_id);
      return { events, isResponse: true, bill };
    },
  };
}

/** Events of one of several streams on the same connection say which. */
function* named(events: Iterable<object>, streamId: string | undefined): Generator<object> {
  for (const event of events) yield streamId === undefined ? event : { ...event, stream_id: streamId };
}
