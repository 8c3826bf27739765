/** https://docs.anthropic.com/en/api/errors */
export function anthropicError(status: number, _errorType: string, message: string): object {
  return { type: 'error', error: { type: typeOf(status), message } };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 404) return 'not_found_error';
  if (status === 413) return 'request_too_large';
  if (status === 429) return 'rate_limit_error';
  if (status === 504) return 'timeout_error';
  return status < 500 ? 'invalid_request_error' : 'api_error';
}
