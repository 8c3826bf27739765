import * as oauth from 'oauth4webapi';
import { callService } from '../net/service-call.js';
import { REDIRECT_URI } from './callback-server.js';
import { clientOf, readTokenAnswer, type TokenAnswer } from './oauth.js';

/** The least that Meshbar needs: calling the proxy takes `llm:invoke`, the rest are figures and names. */
const DEFAULT_SCOPES = 'profile:read projects:read projects:billing.read llm:invoke llm:usage.read';

/** The answer does not belong to the question that was asked. */
export class StateMismatchError extends Error {}

/** The service sent the browser back with an error (RFC 6749 section 4.1.2.1). `message` is its code. */
export class AuthorizationDeniedError extends Error {}

/** One authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636), from its address to its tokens. */
export interface Authorization {
  /** Where the user says yes. */
  readonly url: string;
  /**
   * Trades what the browser brought back. Throws StateMismatchError, AuthorizationDeniedError, and what
   * readTokenAnswer() and callService() throw.
   */
  trade(parameters: URLSearchParams, signal: AbortSignal): Promise<TokenAnswer>;
}

export async function createAuthorization(baseUrl: string, env: NodeJS.ProcessEnv): Promise<Authorization> {
  const { id, secret } = clientOf(env);
  const server: oauth.AuthorizationServer = { issuer: baseUrl, token_endpoint: `${baseUrl}/oauth/token` };
  const client: oauth.Client = { client_id: id };
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: REDIRECT_URI,
    scope: env.MESHAGENT_OAUTH_SCOPES || DEFAULT_SCOPES,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  });
  return {
    url: `${baseUrl}/oauth/authorize?${query}`,
    async trade(parameters, signal) {
      const valid = validate(server, client, parameters, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        secret === undefined ? oauth.None() : oauth.ClientSecretPost(secret),
        valid,
        REDIRECT_URI,
        verifier,
        {
          // precedence.ts lets plain http through on this machine alone.
          [oauth.allowInsecureRequests]: true,
          [oauth.customFetch]: serviceFetch(baseUrl, signal),
        },
      );
      return readTokenAnswer({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      });
    },
  };
}

function validate(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  parameters: URLSearchParams,
  state: string,
): URLSearchParams {
  const given = new URLSearchParams(parameters);
  // There is one server to be sent back from, so nothing to mix it up with (RFC 9207).
  given.delete('iss');
  // A refusal may come without the state; it grants nothing, so believing it costs nothing.
  if (given.has('error') && !given.has('state')) throw new AuthorizationDeniedError(errorCodeOf(given));
  try {
    const valid = oauth.validateAuthResponse(server, client, given, state);
    if (!valid.get('code')) throw new AuthorizationDeniedError('no code');
    return valid;
  } catch (error) {
    if (error instanceof AuthorizationDeniedError) throw error;
    if (error instanceof oauth.AuthorizationResponseError) throw new AuthorizationDeniedError(errorCodeOf(given));
    throw new StateMismatchError();
  }
}

function errorCodeOf(parameters: URLSearchParams): string {
  const code = parameters.get('error') ?? '';
  return /^[\w.-]{1,60}$/.test(code) ? code : 'error';
}

/** `fetch` by way of the company's proxies and certificates. */
function serviceFetch(baseUrl: string, signal: AbortSignal) {
  return async (url: string, { headers, body }: oauth.CustomFetchOptions<'POST', URLSearchParams>) => {
    const { status, text } = await callService(baseUrl, {
      method: 'POST',
      path: url.slice(baseUrl.length),
      headers,
      body: body.toString(),
      signal,
    });
    return new Response(text, { status });
  };
}
