import type { ErrorCode, ErrorFacts } from '../shared/errors.js';
import { CorporateProxyError } from './corporate-proxy.js';
import type { Failure } from './failure.js';

/** Node's and OpenSSL's codes of a failed connection, and what the client is told. */
const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'HPE_INVALID_EOF_STATE']);

/** Maps a failed upstream connection to a status and what is told of it (RFC 9110: 502 bad gateway, 504 gateway timeout). */
export function upstreamFailure(error: unknown, baseUrl: string): Failure & { readonly reason: ErrorFacts } {
  const reason = upstreamError(error, safeHost(baseUrl));
  return { status: TIMEOUTS.has(reason.code) ? 504 : 502, errorType: reason.code, reason };
}

const TIMEOUTS: ReadonlySet<ErrorCode> = new Set(['upstream_timeout', 'upstream_unreachable']);

function upstreamError(error: unknown, host: string): ErrorFacts {
  if (error instanceof CorporateProxyError) return { code: 'corporate_proxy', data: { host, ...error.fault } };
  const reason = errorCodeOf(error);
  if (reason === 'ETIMEDOUT' || reason === 'ESOCKETTIMEDOUT') return { code: 'upstream_timeout', data: { host } };
  if (TIMEOUT_CODES.has(reason)) return { code: 'upstream_unreachable', data: { host } };
  if (DNS_CODES.has(reason)) return { code: 'upstream_dns', data: { host } };
  if (reason === 'ECONNREFUSED') return { code: 'upstream_refused', data: { host } };
  if (RESET_CODES.has(reason)) return { code: 'upstream_reset', data: { host } };
  if (isTlsCode(reason)) return { code: 'upstream_tls', data: { host, reason } };
  if (reason.startsWith('HPE_')) return { code: 'upstream_protocol', data: { host, reason } };
  return { code: 'upstream_error', data: reason === '' ? { why: 'unknown', host } : { why: 'code', host, reason } };
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
