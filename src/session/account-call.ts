import type * as z from 'zod/mini';
import { callService, type ServiceAnswer, UnreachableError } from '../net/service-call.js';
import { MeshbarError } from '../shared/errors.js';
import { PROFILE } from './account-answers.js';
import type { Credentials } from './session.js';
import type { ProfileFields } from './settings-edits.js';

/** The service does not take the access token (any more). */
export class TokenNotAcceptedError extends Error {}

export interface AccountCall<T> {
  readonly method?: 'GET' | 'POST';
  /** Below `/accounts`. */
  readonly path: string;
  readonly json?: unknown;
  readonly signal?: AbortSignal;
  /** One of account-answers.ts. */
  readonly schema: z.ZodMiniType<T>;
}

/**
 * One account call (meshagent.md section 1). Throws TokenNotAcceptedError for a 401, else MeshbarError:
 * account_forbidden for a 403, account_unavailable for whatever else is no answer.
 */
export async function accountCall<T>(credentials: Credentials, call: AccountCall<T>): Promise<T> {
  const answer = await callService(credentials.baseUrl, {
    method: call.method ?? 'GET',
    path: `/accounts${call.path}`,
    headers: {
      Authorization: `Bearer ${credentials.upstreamToken}`,
      ...(call.json === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
    ...(call.signal ? { signal: call.signal } : {}),
  }).catch((error: unknown) => {
    throw error instanceof UnreachableError ? unavailable(error.message) : error;
  });
  if (answer.status === 401) throw new TokenNotAcceptedError('MeshAgent does not accept the access token.');
  if (answer.status === 403) throw new MeshbarError('account_forbidden', 'MeshAgent does not let you see this.');
  if (answer.status !== 200) throw unavailable(`MeshAgent answered with status ${answer.status}.`);
  const parsed = call.schema.safeParse(jsonOf(answer));
  if (!parsed.success) throw unavailable('MeshAgent gave an answer that Meshbar does not understand.');
  return parsed.data;
}

export function readProfile(credentials: Credentials, signal?: AbortSignal): Promise<ProfileFields> {
  return accountCall(credentials, { path: '/profiles/me', signal, schema: PROFILE });
}

function unavailable(message: string): MeshbarError {
  return new MeshbarError('account_unavailable', message, { hint: 'Check the network or VPN, and try again later.' });
}

function jsonOf({ text }: ServiceAnswer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
