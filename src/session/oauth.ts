import { callService, type ServiceAnswer, UnreachableError } from '../net/service-call.js';
import type { ErrorFacts } from '../shared/errors.js';
import { asObject, asText } from './settings.js';

/** The public client that the `meshagent` command is too. */
const DEFAULT_CLIENT_ID = 'p8xy1ZUi73jJUJbNfTg92HUSDpCSZJcc';

export interface TokenAnswer {
  readonly accessToken: string;
  /** Undefined: the old one stays. */
  readonly refreshToken: string | undefined;
  /** Seconds from now; undefined: not told. */
  readonly expiresIn: number | undefined;
  readonly tokenType: string | undefined;
  readonly scope: string | undefined;
  readonly idToken: string | undefined;
}

/** The token endpoint said no: signing in again is the only way on. `message` is its error code, if it is one. */
export class TokenRefusedError extends Error {}

/** The token endpoint can't answer now; ask again, after `retryAfterMs` where it said so. */
export class TokenUnavailableError extends Error {
  constructor(
    readonly facts: ErrorFacts,
    readonly retryAfterMs: number | undefined,
  ) {
    super(facts.code);
  }
}

/** Errors that say "later", not "no" (RFC 6749 section 4.1.2.1, RFC 8628 section 3.5). */
const TRANSIENT_ERRORS = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

export function clientOf(env: NodeJS.ProcessEnv): { id: string; secret: string | undefined } {
  return {
    id: env.MESHAGENT_OAUTH_CLIENT_ID || DEFAULT_CLIENT_ID,
    secret: env.MESHAGENT_OAUTH_CLIENT_SECRET || undefined,
  };
}

/**
 * Trades a refresh token for a new session (RFC 6749 section 6). Throws TokenRefusedError or TokenUnavailableError.
 * By hand, not with oauth4webapi, which needs `fetch`'s classes: they would stay in the proxy's memory for good.
 */
export async function refreshSession(
  baseUrl: string,
  refreshToken: string,
  env: NodeJS.ProcessEnv,
): Promise<TokenAnswer> {
  const { id, secret } = clientOf(env);
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: id });
  if (secret !== undefined) form.set('client_secret', secret);
  const answer = await callService(baseUrl, {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  }).catch((error: unknown) => {
    if (error instanceof UnreachableError) throw new TokenUnavailableError(error.facts, undefined);
    throw error;
  });
  return readTokenAnswer(answer);
}

/**
 * Reads what a token endpoint answered, more tolerantly than RFC 6749 has it: a null counts as missing, `token_type` may
 * be missing, a refusal need not be JSON. Throws TokenRefusedError or TokenUnavailableError.
 */
export function readTokenAnswer({ status, headers, text }: ServiceAnswer): TokenAnswer {
  const body = parseJson(text);
  if (status === 200) {
    const accessToken = asText(body?.access_token);
    const tokenType = asText(body?.token_type);
    if (accessToken === undefined || !/^bearer$/i.test(tokenType ?? 'Bearer')) {
      throw new TokenUnavailableError({ code: 'token_endpoint', data: { why: 'no_token' } }, undefined);
    }
    const expiresIn = Number(body?.expires_in ?? Number.NaN);
    return {
      accessToken,
      refreshToken: asText(body?.refresh_token),
      // Nobody issues a token that has ended already: such a number is no answer.
      expiresIn: expiresIn > 0 && Number.isFinite(expiresIn) ? expiresIn : undefined,
      tokenType,
      scope: asText(body?.scope),
      idToken: asText(body?.id_token),
    };
  }
  const error = asText(body?.error);
  const transient = error !== undefined && TRANSIENT_ERRORS.has(error);
  // A 403 without an error of OAuth's comes from something in between, such as a company's gateway.
  if (!transient && (status === 400 || status === 401 || (status === 403 && error !== undefined))) {
    throw new TokenRefusedError(/^[a-z_]{1,40}$/.test(error ?? '') ? error : `status ${status}`);
  }
  throw new TokenUnavailableError({ code: 'token_endpoint', data: { why: 'status', status } }, retryAfterOf(headers));
}

/** Milliseconds; a date is not worth understanding here. */
function retryAfterOf(headers: ServiceAnswer['headers']): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function parseJson(text: string): ReturnType<typeof asObject> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
