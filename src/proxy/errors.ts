import type { ErrorCode } from '../shared/errors.js';
import { MeshbarError } from '../shared/errors.js';
import type { Failure } from '../shared/failure.js';
import type { ProviderName } from '../shared/usage.js';

/** Thrown instead of giving access: the exchange may not be made. */
export class RefusedExchange extends Error {
  constructor(readonly failure: Failure) {
    super(failure.errorType);
  }
}

const SESSION_STATUS: Partial<Record<ErrorCode, number>> = {
  no_upstream_token: 401,
  session_expired: 401,
  session_offline: 503,
  no_project: 400,
  project_access_denied: 403,
};

/** A failure to get the upstream token or project, or leave to make the exchange. */
export function sessionFailure(error: unknown): Failure {
  if (error instanceof RefusedExchange) return error.failure;
  if (error instanceof MeshbarError) {
    const reason = error.hint ? `${error.message} ${error.hint}` : error.message;
    return { status: SESSION_STATUS[error.code] ?? 503, errorType: error.code, reason };
  }
  return { status: 503, errorType: 'internal', reason: 'The MeshAgent session is not available.' };
}

/** Body of an error answer, JSON, as OpenAI or Anthropic would write it. */
export function errorBody(providerName: ProviderName, failure: Failure): string {
  const message = `Meshbar: ${failure.reason}`;
  if (providerName === 'anthropic') {
    return JSON.stringify({ type: 'error', error: { type: anthropicType(failure.status), message } });
  }
  return JSON.stringify({
    error: {
      message,
      type: failure.openaiCode ?? openaiType(failure.status),
      param: null,
      code: failure.openaiCode ?? failure.errorType,
    },
  });
}

/** https://docs.anthropic.com/en/api/errors */
function anthropicType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 404) return 'not_found_error';
  if (status === 413) return 'request_too_large';
  if (status === 429) return 'rate_limit_error';
  if (status === 504) return 'timeout_error';
  return status < 500 ? 'invalid_request_error' : 'api_error';
}

/** https://platform.openai.com/docs/guides/error-codes */
function openaiType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'api_error';
}
