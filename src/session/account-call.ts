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
    if (!(error instanceof UnreachableError)) throw error;
    throw new MeshbarError('account_unavailable', { why: 'unreachable', problem: error.facts });
  });
  if (answer.status === 401) throw new TokenNotAcceptedError();
  if (answer.status === 403) throw new MeshbarError('account_forbidden', { why: 'call' });
  if (answer.status !== 200) {
    throw new MeshbarError('account_unavailable', { why: 'status', status: answer.status });
  }
  const parsed = call.schema.safeParse(jsonOf(answer));
  if (!parsed.success) throw new MeshbarError('account_unavailable', { why: 'not_understood' });
  return parsed.data;
}

export function readProfile(credentials: Credentials, signal?: AbortSignal): Promise<ProfileFields> {
  return accountCall(credentials, { path: '/profiles/me', signal, schema: PROFILE });
}

function jsonOf({ text }: ServiceAnswer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
