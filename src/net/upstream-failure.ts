import type { Failure } from '../shared/failure.js';
import { CorporateProxyError } from './tunnel.js';

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
