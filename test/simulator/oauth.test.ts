import * as oauth from 'oauth4webapi';
import { beforeEach, expect, test } from 'vitest';
import { simulated } from './simulated.js';

const { simulator } = simulated();
const client: oauth.Client = { client_id: 'test-client' };
const redirectUri = 'http://localhost:8765/callback';

beforeEach(() => simulator().reset());

const insecure = { [oauth.allowInsecureRequests]: true };
function server(): oauth.AuthorizationServer {
  const { url } = simulator();
  return { issuer: url, authorization_endpoint: `${url}/oauth/authorize`, token_endpoint: `${url}/oauth/token` };
}

/** What a browser does: asks, and is sent back. */
async function browse(changes: Record<string, string | undefined> = {}): Promise<URL> {
  const url = new URL(server().authorization_endpoint as string);
  const query = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: 'profile:read llm:invoke',
    code_challenge: await oauth.calculatePKCECodeChallenge('v'.repeat(43)),
    code_challenge_method: 'S256',
    state: 'a state',
    ...changes,
  };
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  const response = await fetch(url, { redirect: 'manual' });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

async function trade(callback: URL, verifier = 'v'.repeat(43)): Promise<oauth.TokenEndpointResponse> {
  const parameters = oauth.validateAuthResponse(server(), client, callback, 'a state');
  const request = oauth.authorizationCodeGrantRequest;
  const response = await request(server(), client, oauth.None(), parameters, redirectUri, verifier, insecure);
  return oauth.processAuthorizationCodeResponse(server(), client, response);
}

async function refresh(token: string): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(server(), client, oauth.None(), token, insecure);
  return oauth.processRefreshTokenResponse(server(), client, response);
}

test('a code is traded once, for tokens that are good', async () => {
  const callback = await browse();
  const tokens = await trade(callback);
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'profile:read llm:invoke' });
  expect(simulator().requests.at(-1)?.form).toMatchObject({ client_id: 'test-client', redirect_uri: redirectUri });
  const profile = await fetch(`${simulator().url}/accounts/profiles/me`, {
    headers: { Authorization: `Bearer ${tokens.access_token}` },
  });
  expect(await profile.json()).toEqual(simulator().user);
  await expect(trade(callback)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('a wrong verifier is refused', async () => {
  await expect(trade(await browse(), 'w'.repeat(43))).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('without PKCE nobody signs in', async () => {
  expect((await browse({ code_challenge: undefined })).searchParams.get('error')).toBe('invalid_request');
});

test('the user may say no', async () => {
  simulator().failAuthorize({ error: 'access_denied', description: 'No, thanks.' });
  const callback = await browse();
  simulator().failAuthorize(undefined);
  expect(Object.fromEntries(callback.searchParams)).toEqual({
    state: 'a state',
    error: 'access_denied',
    error_description: 'No, thanks.',
  });
});

test('a refresh token is kept, or replaced and then refused', async () => {
  const { refreshToken } = simulator().issueSession();
  expect((await refresh(refreshToken)).refresh_token).toBeUndefined();
  simulator().setRotation(true);
  const { refresh_token } = await refresh(refreshToken);
  simulator().setRotation(false);
  await expect(refresh(refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(refresh_token as string)).access_token).toBeTruthy();
  expect(simulator().refreshes).toBe(3);
});

test('a revoked session is over', async () => {
  const { refreshToken, accessToken } = simulator().issueSession();
  simulator().revoke();
  await expect(refresh(refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' });
  const headers = { Authorization: `Bearer ${accessToken}` };
  expect((await fetch(`${simulator().url}/accounts/projects`, { headers })).status).toBe(401);
});

test('the token endpoint fails on demand, as often as wanted', async () => {
  const { refreshToken } = simulator().issueSession();
  simulator().failTokenEndpoint(1, 'server_error');
  await expect(refresh(refreshToken)).rejects.toThrow(/HTTP status/);
  simulator().failTokenEndpoint(1, 'not_json');
  await expect(refresh(refreshToken)).rejects.toThrow();
  simulator().failTokenEndpoint(1, 'reset');
  await expect(refresh(refreshToken)).rejects.toThrow('fetch failed');
  await expect(refresh(refreshToken)).resolves.toMatchObject({ token_type: 'bearer' });
});

test('tokens expire by the service’s clock', async () => {
  const { accessToken } = simulator().issueSession({ expiresIn: 60 });
  const status = async () => {
    const headers = { Authorization: `Bearer ${accessToken}` };
    return (await fetch(`${simulator().url}/accounts/profiles/me`, { headers })).status;
  };
  expect(await status()).toBe(200);
  simulator().setClockOffset(61_000);
  expect(await status()).toBe(401);
  simulator().setClockOffset(0);
  expect(await status()).toBe(200);
  simulator().expireAccessTokens();
  expect(await status()).toBe(401);
});
