import * as oauth from 'oauth4webapi';

/** The public client that the `meshagent` command is too. */
const DEFAULT_CLIENT_ID = 'p8xy1ZUi73jJUJbNfTg92HUSDpCSZJcc';
const TIMEOUT_MS = 20_000;

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

/** The token endpoint said no: signing in again is the only way on. */
export class TokenRefusedError extends Error {}

/**
 * Trades a refresh token for a new session (RFC 6749 section 6). Throws TokenRefusedError if the service refuses it, and
 * any other error if it could not be asked.
 */
export async function refreshSession(
  baseUrl: string,
  refreshToken: string,
  env: NodeJS.ProcessEnv,
  fetch?: typeof globalThis.fetch,
): Promise<TokenAnswer> {
  const server: oauth.AuthorizationServer = { issuer: baseUrl, token_endpoint: `${baseUrl}/oauth/token` };
  const client: oauth.Client = { client_id: env.MESHAGENT_OAUTH_CLIENT_ID || DEFAULT_CLIENT_ID };
  const secret = env.MESHAGENT_OAUTH_CLIENT_SECRET;
  const authentication = secret ? oauth.ClientSecretPost(secret) : oauth.None();
  const options = {
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
    [oauth.allowInsecureRequests]: isLoopbackUrl(baseUrl),
    ...(fetch ? { [oauth.customFetch]: fetch } : {}),
  };
  const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options);
  // Servers answer a refused refresh token with 400 or 401, some without the JSON of RFC 6749.
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    await response.body?.cancel();
    throw new TokenRefusedError(`status ${response.status}`);
  }
  const answer = await oauth.processRefreshTokenResponse(server, client, response);
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresIn: answer.expires_in,
    tokenType: answer.token_type,
    scope: answer.scope,
    idToken: answer.id_token,
  };
}

/** Plain http is for servers on this machine alone. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
