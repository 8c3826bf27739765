import type { ErrorCode } from '../../shared/errors.js';
import { MeshbarError } from '../../shared/errors.js';
import type { ProviderName } from '../../shared/usage.js';
import { CorporateProxyError } from './upstream/tunnel.js';

/** A failure as the client is told it, in the shape of the provider it called, so that its SDK raises its own error. */
export interface Failure {
  readonly status: number;
  /** Stable, lower snake case; kept in the record. */
  readonly errorType: string;
  readonly reason: string;
  /** Header fields of the answer besides, flat. */
  readonly headers?: readonly string[];
  /** Type and code in OpenAI's shape, where a code of theirs says it best. */
  readonly openaiCode?: string;
}

/** Thrown instead of giving access: the exchange may not be made. */
export class RefusedExchange extends Error {
  constructor(readonly failure: Failure) {
    super(failure.errorType);
  }
}

/** Node's and OpenSSL's codes of a failed connection, and what the client is told. */
const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_EOF_STATE']);

/** Maps a failed upstream connection to a status and a sentence (RFC 9110: 502 bad gateway, 504 gateway timeout). */
export function upstreamFailure(error: unknown, baseUrl: string): Failure {
  const code = errorCodeOf(error);
  const where = safeHost(baseUrl);
  if (error instanceof CorporateProxyError) {
    const reason = `The corporate proxy ${error.proxyHost} did not let us through to ${where} (${error.detail}). Check HTTPS_PROXY and NO_PROXY.`;
    return { status: 502, errorType: 'corporate_proxy', reason };
  }
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
    return { status: 504, errorType: 'upstream_timeout', reason: `${where} did not answer in time.` };
  }
  if (TIMEOUT_CODES.has(code)) {
    return {
      status: 504,
      errorType: 'upstream_unreachable',
      reason: `${where} can't be reached. Check the network or VPN.`,
    };
  }
  if (DNS_CODES.has(code)) {
    return {
      status: 502,
      errorType: 'upstream_dns',
      reason: `The name ${where} can't be resolved. Check the network or VPN.`,
    };
  }
  if (code === 'ECONNREFUSED') {
    return { status: 502, errorType: 'upstream_refused', reason: `${where} refused the connection.` };
  }
  if (RESET_CODES.has(code)) {
    return { status: 502, errorType: 'upstream_reset', reason: `${where} closed the connection before it answered.` };
  }
  if (isTlsCode(code)) {
    return {
      status: 502,
      errorType: 'upstream_tls',
      reason: `The TLS connection to ${where} failed (${code}). Behind an inspecting proxy, set NODE_EXTRA_CA_CERTS to its certificate.`,
    };
  }
  if (code.startsWith('HPE_')) {
    return {
      status: 502,
      errorType: 'upstream_protocol',
      reason: `${where} sent an answer that is not valid HTTP (${code}).`,
    };
  }
  return {
    status: 502,
    errorType: 'upstream_error',
    reason: `The request to ${where} failed${code ? ` (${code})` : ''}.`,
  };
}

function isTlsCode(code: string): boolean {
  return (
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_SSL') ||
    code.startsWith('CERT_') ||
    code === 'EPROTO' ||
    /CERT|SELF_SIGNED|UNABLE_TO_/.test(code)
  );
}

function errorCodeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0 && !('code' in error && error.code)) {
    return errorCodeOf(error.errors[0]);
  }
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return '';
}

/** The host alone: a base URL may hold credentials. */
function safeHost(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'MeshAgent';
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
