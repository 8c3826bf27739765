import type { ErrorReplyForm } from '../error-reply.js';
import { sse } from '../reply.js';

const TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

/** https://docs.anthropic.com/en/api/errors */
export const ANTHROPIC_ERRORS: ErrorReplyForm = {
  body(status, message, { requestId }) {
    const type = TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
    return { type: 'error', error: { type, message }, request_id: requestId ?? null };
  },
  requestIdField: 'request-id',
  rateLimitHeaders: (remaining) => ({
    'anthropic-ratelimit-requests-limit': '4000',
    'anthropic-ratelimit-requests-remaining': String(remaining),
    'anthropic-ratelimit-requests-reset': '2030-01-01T00:00:00Z',
    'anthropic-ratelimit-tokens-remaining': String(remaining * 100),
  }),
  streamEvent: sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'error'),
};
