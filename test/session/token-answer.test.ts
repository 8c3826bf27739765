import { describe, expect, test } from 'vitest';
import { readTokenAnswer, TokenRefusedError, TokenUnavailableError } from '../../src/session/oauth.js';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('an answer of the token endpoint', () => {
  test('with everything', () => {
    const body = {
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 3600,
      token_type: 'bearer',
      scope: 's',
      id_token: 'i',
    };
    expect(readTokenAnswer(answer(200, { ...body, more: 1 }))).toEqual({
      accessToken: 'a',
      refreshToken: 'r',
      expiresIn: 3600,
      tokenType: 'bearer',
      scope: 's',
      idToken: 'i',
    });
  });

  test.each([
    ['nothing but the token', { access_token: 'a' }],
    [
      'nulls',
      { access_token: 'a', refresh_token: null, expires_in: null, token_type: null, scope: null, id_token: null },
    ],
    ['an end that has passed', { access_token: 'a', expires_in: -5 }],
  ])('with %s', (_name, body) => {
    expect(readTokenAnswer(answer(200, body))).toMatchObject({
      accessToken: 'a',
      refreshToken: undefined,
      expiresIn: undefined,
    });
  });

  test('whose end is a text', () => {
    expect(readTokenAnswer(answer(200, { access_token: 'a', expires_in: '60' })).expiresIn).toBe(60);
  });

  test.each([
    ['no token', answer(200, {})],
    ['a token of a kind we can not send', answer(200, { access_token: 'a', token_type: 'DPoP' })],
    ['a page of a captive portal', answer(200, '<html>Welcome to our hotel</html>')],
    ['a redirect', answer(302, '')],
    ['a gateway that refuses', answer(403, '<h1>Blocked</h1>')],
    ['a company proxy that wants a password', answer(407, '')],
    ['too many requests', answer(429, {})],
    ['a failure', answer(500, { error: 'server_error' })],
    ['a server that asks for patience', answer(400, { error: 'temporarily_unavailable' })],
  ])('%s: to be tried again', (_name, given) => {
    expect(() => readTokenAnswer(given)).toThrow(TokenUnavailableError);
  });

  test('retry-after is heard', () => {
    const error = (() => {
      try {
        return readTokenAnswer(answer(503, '', { 'retry-after': '7' }));
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toMatchObject({ retryAfterMs: 7000 });
  });

  test.each([
    ['invalid_grant', answer(400, { error: 'invalid_grant', error_description: 'SECRET' }), 'invalid_grant'],
    ['a refusal without JSON', answer(401, 'no'), 'status 401'],
    ['a forbidden client', answer(403, { error: 'access_denied' }), 'access_denied'],
    ['an error code that is none', answer(400, { error: '<b>SECRET</b>' }), 'status 400'],
  ])('%s: a refusal', (_name, given, message) => {
    expect(() => readTokenAnswer(given)).toThrow(new TokenRefusedError(message));
  });
});
