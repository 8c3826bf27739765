import type { ErrorReplyForm } from '../error-reply.js';
import { sse } from '../reply.js';

const TYPES: Record<number, readonly [type: string, code: string | null]> = {
  400: ['invalid_request_error', null],
  401: ['invalid_request_error', 'invalid_api_key'],
  403: ['invalid_request_error', 'permission_denied'],
  404: ['invalid_request_error', 'not_found'],
  429: ['rate_limit_error', 'rate_limit_exceeded'],
  503: ['server_error', 'service_unavailable'],
};

const FAILED = 'The server had an error while processing your request.';

/** https://platform.openai.com/docs/guides/error-codes */
export const OPENAI_ERRORS: ErrorReplyForm = {
  body(status, message, { param }) {
    const [type, code] = TYPES[status] ?? [status < 500 ? 'invalid_request_error' : 'server_error', null];
    return { error: { message, type, param: param ?? null, code } };
  },
  requestIdField: 'x-request-id',
  rateLimitHeaders: (remaining) => ({
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-remaining-requests': String(remaining),
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-remaining-tokens': String(remaining * 100),
  }),
  streamEvent: sse({ error: { message: FAILED, type: 'server_error', param: null, code: 'server_error' } }),
};
