import type { ErrorCode, ErrorInfo } from '../../shared/errors.js';

/**
 * Some of the core's hints speak of commands and options. In the app the same error is mended with a click, so that it
 * says something else; hints without such words stand as they are. Pure.
 */
const HINTS: Partial<Record<ErrorCode, string>> = {
  insecure_exposure: 'Keep local keys on, listen on 127.0.0.1, or confirm in Settings that others may use the proxy.',
  port_in_use: 'Choose another port in Settings, or end that program.',
  port_in_use_by_meshbar: 'Stop the other one, perhaps in a terminal, or choose another port in Settings.',
  listen_failed: 'Check address and port in Settings.',
  no_upstream_token: 'Sign in to MeshAgent.',
  no_project: 'Choose a project.',
  session_expired: 'Sign in again.',
  project_access_denied: "Ask the project's owner to let you use the LLM proxy, or choose another project.",
  project_unknown: 'Choose another project.',
  profile_unknown: 'Choose another profile, or sign in.',
  tool_file_changed: 'Nothing was changed. Look at it once more: the file is read anew.',
  account_unavailable: 'Sign in again. If the token comes from the environment, renew it there.',
  sign_in_port_in_use: 'Perhaps another sign-in is under way: finish or end it, then try again.',
  sign_in_browser: 'Copy the address and open it yourself, on this machine.',
  key_unknown: 'Perhaps it was revoked elsewhere: look at the list again.',
  budget_unknown: 'Perhaps it was removed elsewhere: look at the list again.',
  sign_in_profile: 'The session is kept; your name is asked for again later.',
};

/** Words of the terminal inside sentences that the core tells beside the exchanges. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/Sign in again: `meshbar login`\./, 'Sign in again.'],
  [/, or revoke it first: `meshbar key revoke`\./, ', or revoke that one first.'],
  [/Revoke some first: `meshbar key revoke`\./, 'Revoke some first.'],
  [/: set them again with `meshbar budget set`\./, ': set them again in Settings.'],
  [/: make new ones with `meshbar key create`\./, ': make new ones in Settings.'],
  [/: `meshbar env` won't find this proxy\./, ': `meshbar env` in a terminal will not find this proxy.'],
];

export function inAppWords(error: ErrorInfo): ErrorInfo {
  if (error.hint === undefined) return error;
  const told = sentenceInAppWords(error.hint);
  const hint = HINTS[error.code];
  return { ...error, hint: hint !== undefined && /`meshbar |--[a-z]/.test(told) ? hint : told };
}

export function sentenceInAppWords(text: string): string {
  return SENTENCES.reduce((shown, [words, ours]) => shown.replace(words, ours), text);
}

/** Message and hint as one text. */
export function sentenceOf({ message, hint }: ErrorInfo): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
