/**
 * Every way Meshbar can fail or refuse: a stable code, and what is to be told with it. Here are facts alone; the
 * sentences are in src/words/en/errors.ts, under the code and, where one code has several, the `why`. Never a secret.
 * Text from outside (`reason`, `detail`) is a code, or another program's English. Ports are texts: people write them
 * without separators.
 */
export interface ErrorData {
  /** Something that was asked for can't be had as it was asked for. */
  readonly invalid_option:
    | { readonly why: 'api_url_invalid' | 'api_url_plain' }
    | { readonly why: 'local_keys_off' | 'local_key_given' }
    | { readonly why: 'key_over' | 'key_label_invalid' }
    | { readonly why: 'key_label_taken'; readonly label: string }
    | { readonly why: 'key_label_reserved'; readonly prefix: string }
    | { readonly why: 'keys_too_many'; readonly max: number }
    | { readonly why: 'budget_project' }
    | { readonly why: 'budget_stops_nothing'; readonly budget: string }
    /** The address that a person gave; `variable` is where a password would go instead. */
    | { readonly why: 'otlp_url' }
    | { readonly why: 'otlp_user'; readonly variable: string }
    /** The address of a variable of OpenTelemetry's. */
    | { readonly why: 'otlp_variable_url'; readonly name: string }
    | { readonly why: 'otlp_variable_user'; readonly name: string; readonly variable: string }
    | { readonly why: 'otlp_protocol' | 'otlp_headers'; readonly name: string }
    | { readonly why: 'period_reversed' }
    | { readonly why: 'moment'; readonly option: string; readonly text: string }
    | { readonly why: 'demo_by_hand'; readonly tool: string }
    | { readonly why: 'demo_project' | 'demo_tools' }
    | { readonly why: 'project_named'; readonly source: string }
    | { readonly why: 'plan_gone' | 'nothing_checked' }
    | { readonly why: 'amount_low' | 'amount_high' }
    /** What a window sent does not fit the contract; `detail` is the schema's. */
    | { readonly why: 'values'; readonly detail: string }
    | { readonly why: 'page'; readonly url: string }
    | { readonly why: 'page_gone' | 'request' };
  readonly insecure_exposure: { readonly host: string };
  /** The address of a collector that a person gave, or that a variable of OpenTelemetry's names. */
  readonly collector_unencrypted: { readonly why: 'given' } | { readonly why: 'variable'; readonly name: string };
  readonly port_in_use: { readonly port: string };
  readonly port_in_use_by_meshbar: { readonly port: string; readonly version: string };
  readonly listen_failed:
    | { readonly why: 'not_permitted'; readonly host: string; readonly port: string }
    | { readonly why: 'code'; readonly host: string; readonly port: string; readonly reason: string };

  /** MeshAgent could not be reached, or broke off. `host`: where it was looked for; `reason`: a code. */
  readonly corporate_proxy: { readonly host: string } & CorporateFault;
  readonly upstream_timeout: { readonly host: string };
  readonly upstream_unreachable: { readonly host: string };
  readonly upstream_dns: { readonly host: string };
  readonly upstream_refused: { readonly host: string };
  readonly upstream_reset: { readonly host: string };
  readonly upstream_tls: { readonly host: string; readonly reason: string };
  readonly upstream_protocol: { readonly host: string; readonly reason: string };
  readonly upstream_error:
    | { readonly why: 'code'; readonly host: string; readonly reason: string }
    | { readonly why: 'unknown'; readonly host: string };

  readonly no_upstream_token:
    | { readonly why: 'signed_out' }
    /** `problem`: why the session could not be read. */
    | { readonly why: 'unreadable'; readonly problem: ErrorFacts }
    /** The variable that was asked for is not set. */
    | { readonly why: 'variable'; readonly name: string };
  readonly no_project: Nothing;
  readonly session_expired: Nothing;
  readonly session_offline: { readonly why: 'unknown' } | { readonly why: 'known'; readonly problem: ErrorFacts };
  readonly settings_unreadable:
    | { readonly why: 'read'; readonly file: string; readonly reason: string }
    | { readonly why: 'json' | 'users'; readonly file: string };
  readonly settings_unwritable: { readonly file: string; readonly fault: ErrorFacts };
  readonly token_endpoint: { readonly why: 'no_token' } | { readonly why: 'status'; readonly status: number };

  /** `reason`: the service's code. */
  readonly sign_in_denied: { readonly why: 'declined' } | { readonly why: 'refused'; readonly reason: string };
  readonly sign_in_state_mismatch: Nothing;
  readonly sign_in_port_in_use:
    | { readonly why: 'under_way' }
    | { readonly why: 'taken' | 'no_loopback'; readonly port: string }
    | { readonly why: 'failed'; readonly port: string; readonly reason: string };
  readonly sign_in_browser: Nothing;
  readonly sign_in_timeout: { readonly minutes: number };
  readonly sign_in_cancelled: Nothing;
  readonly sign_in_token_refused: { readonly reason: string };
  readonly sign_in_network: { readonly problem: ErrorFacts };
  readonly sign_in_profile: { readonly problem: ErrorFacts };

  readonly project_access_denied:
    | { readonly why: 'owner_unknown'; readonly project: string }
    | { readonly why: 'owner_known'; readonly project: string; readonly owner: string };
  readonly project_unknown:
    | { readonly why: 'none'; readonly selector: string }
    | { readonly why: 'several'; readonly selector: string; readonly count: number; readonly projects: string };
  readonly profile_unknown: { readonly why: 'none' | 'several' };
  readonly account_forbidden: { readonly why: 'call' | 'billed' };
  readonly account_unavailable:
    | { readonly why: 'unreachable'; readonly problem: ErrorFacts }
    | { readonly why: 'status'; readonly status: number }
    | { readonly why: 'not_understood' | 'late' | 'check_failed' | 'token_refused' | 'not_by_request' };

  readonly key_unknown: Nothing;
  readonly budget_unknown: Nothing;
  readonly price_unknown: { readonly model: string };
  readonly file_unreadable:
    | { readonly why: 'read'; readonly file: string; readonly reason: string }
    | { readonly why: 'newer' | 'own_prices'; readonly file: string };
  readonly file_unwritable: { readonly file: string; readonly fault: ErrorFacts };
  /** Why a file can't be read or written, as a clause: "it is read-only". */
  readonly file_fault:
    | { readonly why: FileFault }
    /** The system's code. */
    | { readonly why: 'code'; readonly reason: string };
  readonly ledger_unavailable:
    | { readonly why: 'closed' | 'silent' }
    | { readonly why: 'unusable'; readonly fault: ErrorFacts }
    | { readonly why: 'unreadable' | 'damaged' | 'unopened'; readonly file: string; readonly fault: ErrorFacts }
    | { readonly why: 'newer' | 'other_version'; readonly file: string };
  readonly prices_unavailable:
    | { readonly why: 'https' }
    | { readonly why: 'unreachable'; readonly problem: ErrorFacts }
    | { readonly why: 'status'; readonly host: string; readonly status: number }
    | { readonly why: 'no_list'; readonly host: string }
    | { readonly why: 'unwritten'; readonly file: string };

  readonly tool_unknown: { readonly name: string; readonly known: string };
  readonly tool_not_connected: { readonly tool: string };
  readonly tool_file_unreadable:
    | { readonly why: 'read'; readonly file: string; readonly fault: ErrorFacts }
    | { readonly why: 'receipt'; readonly file: string };
  readonly tool_file_invalid: {
    readonly file: string;
    readonly line: string;
    readonly format: string;
    readonly fault: ErrorFacts;
  };
  /** What is wrong with a file's text, as a clause. */
  readonly syntax_fault:
    | { readonly why: 'no_mapping' | 'no_value' | 'second_document' }
    | { readonly why: 'obstacle'; readonly key: string; readonly tool: string }
    | { readonly why: 'parser'; readonly detail: string };
  readonly tool_file_unwritable: { readonly file: string; readonly fault: ErrorFacts };
  readonly tool_file_changed:
    | { readonly why: 'connecting'; readonly keys: string; readonly file: string; readonly tool: string }
    | { readonly why: 'disconnecting'; readonly keys: string; readonly file: string }
    | { readonly why: 'just_now'; readonly file: string }
    /** `--demo` of a tool that is connected. `id`: as the command takes it. */
    | { readonly why: 'connected'; readonly tool: string; readonly id: string };

  readonly internal:
    | { readonly why: 'sign_in' }
    | { readonly why: 'unsafe_edit'; readonly format: string }
    /** Nobody had thought of it: `detail` is what was thrown. */
    | { readonly why: 'other'; readonly detail: string };
}

/** Why a company's proxy gave no way through. */
export type CorporateFault =
  /** What HTTPS_PROXY holds is no URL. */
  | { readonly why: 'address' }
  | { readonly why: 'status'; readonly proxy: string; readonly status: number }
  | { readonly why: 'code'; readonly proxy: string; readonly reason: string };

export type FileFault =
  | 'locked'
  | 'held'
  | 'read_only'
  | 'not_yours'
  | 'read_only_disk'
  | 'folder'
  | 'file_in_path'
  | 'disk_full'
  | 'disk_silent'
  | 'damaged'
  | 'unopened'
  | 'link_loop'
  | 'link_broken'
  | 'not_text'
  | 'unknown';

type Nothing = Readonly<Record<never, never>>;

export type ErrorCode = keyof ErrorData;

/** One of the above: what passes from thread to thread and from room to room. */
export type ErrorFacts = { readonly [C in ErrorCode]: { readonly code: C; readonly data: ErrorData[C] } }[ErrorCode];

/** An error in a shell's words, for its views. */
export interface ErrorInfo {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

interface ErrorOptions {
  /** For logs, after redaction. */
  readonly cause?: unknown;
}

type ErrorArguments = {
  [C in ErrorCode]: Nothing extends ErrorData[C]
    ? [code: C, data?: ErrorData[C], options?: ErrorOptions]
    : [code: C, data: ErrorData[C], options?: ErrorOptions];
}[ErrorCode];

/** An error that a person is shown: `new MeshbarError('port_in_use', { port })`. The words are `errorText`'s. */
export class MeshbarError extends Error {
  readonly facts: ErrorFacts;

  constructor(...[code, data = {}, options = {}]: ErrorArguments) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MeshbarError';
    this.facts = { code, data } as ErrorFacts;
  }

  get code(): ErrorCode {
    return this.facts.code;
  }
}

/** An error that was told in another thread. */
export function errorOf({ code, data }: ErrorFacts): MeshbarError {
  return new MeshbarError(...([code, data] as ErrorArguments));
}

/** Any thrown value as something that can be shown; an unknown one keeps its message. */
export function toMeshbarError(error: unknown): MeshbarError {
  if (error instanceof MeshbarError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new MeshbarError('internal', { why: 'other', detail }, { cause: error });
}
