import type { Plan } from './plan.js';
import { jsonReply, type Reply, sse } from './reply.js';

export type ProviderName = 'openai' | 'anthropic';

const OPENAI_TYPES: Record<number, readonly [type: string, code: string | null]> = {
  400: ['invalid_request_error', null],
  401: ['invalid_request_error', 'invalid_api_key'],
  403: ['invalid_request_error', 'permission_denied'],
  404: ['invalid_request_error', 'not_found'],
  429: ['rate_limit_error', 'rate_limit_exceeded'],
  503: ['server_error', 'service_unavailable'],
};

/** https://docs.anthropic.com/en/api/errors */
const ANTHROPIC_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

const MESSAGES: Record<number, string> = {
  400: 'The request was not understood.',
  401: 'The credentials are not valid.',
  403: 'This is not allowed.',
  404: 'There is no such thing.',
  408: 'The request took too long.',
  409: 'The request is in conflict with another.',
  413: 'The request is too large.',
  422: 'The request can not be processed.',
  429: 'Rate limit reached. Please slow down.',
  500: 'The server had an error while processing your request.',
  503: 'The engine is currently overloaded, please try again later.',
  529: 'Overloaded',
};

/** An error in the shape of the provider, with the fields a client looks at. */
export function errorReply(
  provider: ProviderName,
  status: number,
  options: { message?: string; param?: string; requestId?: string; retryAfter?: number } = {},
): Reply {
  const message = options.message ?? MESSAGES[status] ?? 'An error occurred.';
  const headers: Record<string, string> = {};
  if (options.requestId) headers[provider === 'openai' ? 'x-request-id' : 'request-id'] = options.requestId;
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (status === 429 || status === 503) headers['retry-after'] = String(options.retryAfter ?? 2);
  if (status === 429) Object.assign(headers, rateLimitHeaders(provider, 0));
  return jsonReply(errorBody(provider, status, message, options), { status, headers });
}

function errorBody(
  provider: ProviderName,
  status: number,
  message: string,
  options: { param?: string; requestId?: string },
) {
  if (provider === 'anthropic') {
    const type = ANTHROPIC_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
    return { type: 'error', error: { type, message }, request_id: options.requestId ?? null };
  }
  const [type, code] = OPENAI_TYPES[status] ?? [status < 500 ? 'invalid_request_error' : 'server_error', null];
  return { error: { message, type, param: options.param ?? null, code } };
}

/** What the plan's `status` answers. */
export function plannedError(provider: ProviderName, status: number, plan: Plan, requestId: string): Reply {
  return errorReply(provider, status, { requestId, retryAfter: plan['retry-after'] });
}

/** Fields that tell how much may still be asked. */
export function rateLimitHeaders(provider: ProviderName, remaining: number): Record<string, string> {
  if (provider === 'anthropic') {
    return {
      'anthropic-ratelimit-requests-limit': '4000',
      'anthropic-ratelimit-requests-remaining': String(remaining),
      'anthropic-ratelimit-requests-reset': '2030-01-01T00:00:00Z',
      'anthropic-ratelimit-tokens-remaining': String(remaining * 100),
    };
  }
  return {
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-remaining-requests': String(remaining),
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-remaining-tokens': String(remaining * 100),
  };
}

/** What the provider sends in mid-stream when it fails there. */
export function errorEvent(provider: ProviderName): string {
  return provider === 'anthropic'
    ? sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'error')
    : sse({ error: { message: MESSAGES[500], type: 'server_error', param: null, code: 'server_error' } });
}
