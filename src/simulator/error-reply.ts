import type { Plan } from './plan.js';
import { jsonReply, type Reply } from './reply.js';

export interface ErrorDetails {
  readonly message?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
}

/** How the answers of one API say what went wrong and how much may still be asked. */
export interface ErrorReplyForm {
  body(status: number, message: string, details: ErrorDetails): object;
  /** The field that names the answer. */
  readonly requestIdField: string;
  /** Fields that say how much may still be asked. */
  rateLimitHeaders(remaining: number): Record<string, string>;
  /** What is sent in mid-stream when something fails there. */
  readonly streamEvent: string;
}

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

/** An error in the form of an API, with the fields that a client looks at. */
export function errorReply(
  form: ErrorReplyForm,
  status: number,
  details: ErrorDetails & { readonly retryAfter?: number | undefined } = {},
): Reply {
  const headers: Record<string, string> = {};
  if (details.requestId) headers[form.requestIdField] = details.requestId;
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (status === 429 || status === 503) headers['retry-after'] = String(details.retryAfter ?? 2);
  if (status === 429) Object.assign(headers, form.rateLimitHeaders(0));
  const message = details.message ?? MESSAGES[status] ?? 'An error occurred.';
  return jsonReply(form.body(status, message, details), { status, headers });
}

/** What the plan's `status` answers. */
export function plannedError(form: ErrorReplyForm, status: number, plan: Plan, requestId: string): Reply {
  return errorReply(form, status, { requestId, retryAfter: plan['retry-after'] });
}
