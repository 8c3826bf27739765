import { createHash, timingSafeEqual } from 'node:crypto';
import { newId } from './ids.js';
import { jsonReply, type Reply } from './reply.js';
import type { SimulatedService } from './service.js';

interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scope: string | undefined;
}

const NO_STORE = { 'cache-control': 'no-store' };

/** The authorization and token endpoints (RFC 6749 with PKCE, RFC 7636). */
export class OAuth {
  /** Codes not yet traded; each is good once. */
  private readonly grants = new Map<string, Grant>();

  constructor(private readonly service: SimulatedService) {}

  /** Nobody is asked: the browser is sent back at once, with a code or the error that was set. */
  authorize(query: URLSearchParams): Reply {
    const redirectUri = query.get('redirect_uri');
    const clientId = query.get('client_id');
    // Without these two nobody can be sent back anywhere (RFC 6749 section 4.1.2.1).
    if (!redirectUri || !URL.canParse(redirectUri))
      return jsonReply({ error: 'invalid_redirect_uri' }, { status: 400 });
    if (!clientId) return jsonReply({ error: 'invalid_client' }, { status: 400 });
    const target = new URL(redirectUri);
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    const error = this.service.authorizeError ?? faultOf(query);
    if (error) {
      target.searchParams.set('error', error.error);
      if (error.description) target.searchParams.set('error_description', error.description);
    } else {
      const code = newId('sim-code-');
      const challenge = query.get('code_challenge') as string;
      this.grants.set(code, { clientId, redirectUri, challenge, scope: query.get('scope') ?? undefined });
      target.searchParams.set('code', code);
    }
    return { status: 302, headers: { location: target.href, ...NO_STORE }, pieces: [], streaming: false };
  }

  token(form: URLSearchParams): Reply {
    const type = form.get('grant_type');
    if (type === 'authorization_code') return this.tradeCode(form);
    if (type === 'refresh_token') return this.tradeRefreshToken(form);
    return refused('unsupported_grant_type', `grant_type is ${type}`);
  }

  private tradeCode(form: URLSearchParams): Reply {
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    if (!grant) return refused('invalid_grant', 'The code is unknown or was used before.');
    if (form.get('redirect_uri') !== grant.redirectUri) return refused('invalid_grant', 'Another redirect_uri.');
    if (form.get('client_id') !== grant.clientId) return refused('invalid_client', 'Another client_id.');
    const verifier = form.get('code_verifier') ?? '';
    if (!proves(verifier, grant.challenge)) return refused('invalid_grant', 'The code_verifier does not fit.');
    const session = this.service.sessions.issue(undefined, grant.scope);
    return granted({ ...session, scope: grant.scope });
  }

  private tradeRefreshToken(form: URLSearchParams): Reply {
    if (!form.get('client_id')) return refused('invalid_client', 'client_id is missing.');
    const issued = this.service.sessions.refresh(form.get('refresh_token') ?? '');
    return issued ? granted(issued) : refused('invalid_grant', 'The refresh token is unknown, revoked or replaced.');
  }
}

/** What makes an authorization request wrong in itself. */
function faultOf(query: URLSearchParams): { error: string; description: string } | undefined {
  if (query.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', description: 'response_type must be code' };
  }
  if (!query.get('code_challenge') || query.get('code_challenge_method') !== 'S256') {
    return { error: 'invalid_request', description: 'PKCE with S256 is required' };
  }
  return undefined;
}

/** RFC 7636 section 4.6. */
function proves(verifier: string, challenge: string): boolean {
  const given = createHash('sha256').update(verifier).digest();
  const wanted = Buffer.from(challenge, 'base64url');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function granted(issued: { accessToken: string; expiresIn: number; refreshToken?: string; scope?: string }): Reply {
  const body = {
    access_token: issued.accessToken,
    token_type: 'Bearer',
    expires_in: issued.expiresIn,
    ...(issued.refreshToken === undefined ? {} : { refresh_token: issued.refreshToken }),
    ...(issued.scope === undefined ? {} : { scope: issued.scope }),
  };
  return jsonReply(body, { headers: NO_STORE });
}

function refused(error: string, description: string): Reply {
  return jsonReply({ error, error_description: description }, { status: 400, headers: NO_STORE });
}
