import type { Failure } from '../net/failure.js';
import { meteredEndpointOf } from '../providers/registry.js';
import type { ErrorCode } from '../shared/errors.js';
import { MeshbarError } from '../shared/errors.js';
import type { ExchangeEnd } from '../shared/exchange.js';
import type { ProviderName } from '../shared/providers.js';
import { english, englishOf } from '../words/index.js';
import { say } from '../words/say.js';

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
    return { status: SESSION_STATUS[error.code] ?? 503, errorType: error.code, reason: error.facts };
  }
  return { status: 503, errorType: 'internal', reason: say('proxy.noSession') };
}

/** Of a failure, as the record keeps it. */
export function recordedFailure({ errorType, reason }: Failure): Pick<ExchangeEnd, 'errorType' | 'errorReason'> {
  return { errorType, errorReason: englishOf(reason) };
}

/** Of an exchange whose client did not wait for its end. */
export function recordedLeave(): Pick<ExchangeEnd, 'errorType' | 'errorReason'> {
  return { errorType: 'client_abort', errorReason: english('proxy.clientLeft') };
}

/** Body of an error answer, JSON, as the provider would write it at this path. */
export function errorBody(providerName: ProviderName, path: string, { status, errorType, reason }: Failure): string {
  const { errorBody } = meteredEndpointOf(providerName, path);
  return JSON.stringify(errorBody(status, errorType, `Meshbar: ${englishOf(reason)}`));
}
