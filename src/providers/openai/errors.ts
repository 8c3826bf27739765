/** Our error types for which OpenAI has a code that its clients know. */
const CODES: Readonly<Record<string, string>> = { budget_used_up: 'insufficient_quota' };

/** https://platform.openai.com/docs/guides/error-codes */
export function openaiError(status: number, errorType: string, message: string): object {
  const code = Object.hasOwn(CODES, errorType) ? CODES[errorType] : undefined;
  return { error: { message, type: code ?? typeOf(status), param: null, code: code ?? errorType } };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'api_error';
}
