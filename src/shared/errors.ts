/**
 * Every way Meshbar itself can fail, as a closed union of stable codes.
 * `message` is one sentence for a person, `hint` says what to do about it; neither ever holds a secret.
 */
export type ErrorCode =
  | 'invalid_option'
  | 'insecure_exposure'
  | 'collector_unencrypted'
  | 'port_in_use'
  | 'port_in_use_by_meshbar'
  | 'listen_failed'
  | 'no_upstream_token'
  | 'no_project'
  | 'session_expired'
  | 'session_offline'
  | 'settings_unreadable'
  | 'settings_unwritable'
  | 'sign_in_denied'
  | 'sign_in_state_mismatch'
  | 'sign_in_port_in_use'
  | 'sign_in_browser'
  | 'sign_in_timeout'
  | 'sign_in_cancelled'
  | 'sign_in_token_refused'
  | 'sign_in_network'
  | 'sign_in_profile'
  | 'project_access_denied'
  | 'project_unknown'
  | 'profile_unknown'
  | 'account_forbidden'
  | 'account_unavailable'
  | 'key_unknown'
  | 'budget_unknown'
  | 'file_unreadable'
  | 'file_unwritable'
  | 'tool_unknown'
  | 'tool_file_unreadable'
  | 'tool_file_invalid'
  | 'tool_file_unwritable'
  | 'tool_file_changed'
  | 'tool_not_connected'
  | 'not_running'
  | 'ledger_unavailable'
  | 'prices_unavailable'
  | 'internal';

export interface ErrorInfo {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

/** An error a person is told about. Its `cause` is for logs, after redaction. */
export class MeshbarError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MeshbarError';
    this.code = code;
    this.hint = options.hint;
  }

  toInfo(): ErrorInfo {
    return { code: this.code, message: this.message, ...(this.hint === undefined ? {} : { hint: this.hint }) };
  }
}

/** Any thrown value as something that can be shown; an unknown one keeps its message as cause only. */
export function toMeshbarError(error: unknown): MeshbarError {
  if (error instanceof MeshbarError) return error;
  return new MeshbarError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
