/**
 * A proxy address in the environment that is no URL keeps every call from the service. It says nothing about the
 * session, which must not be told to have ended.
 */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callService, UnreachableError } from '../../src/net/service-call.js';
import { createAccount } from '../../src/session/account.js';
import { englishOf } from '../../src/words/index.js';
import { wordsOf } from '../helpers/error-words.js';
import { makeHome, type SessionHome, signedIn } from '../helpers/session-home.js';
import { createTestClock } from '../helpers/test-clock.js';

const SERVICE = 'https://meshagent.invalid';
const TOLD = /HTTPS_PROXY is not a valid URL/;

let home: SessionHome;
beforeEach(async () => {
  for (const name of ['https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, 'http://[bad');
  for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
  home = await makeHome();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

test('is told as what keeps a call from the service', async () => {
  const failure = await callService(SERVICE, { method: 'GET', path: '/' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnreachableError);
  expect(englishOf((failure as UnreachableError).facts)).toMatch(TOLD);
});

test('leaves a session whose token must be renewed offline, not ended', async () => {
  await home.replace(signedIn(SERVICE, { accessToken: 'access', refreshToken: 'refresh' }, -10));
  const session = home.session();
  await expect(session.credentials()).rejects.toMatchObject({ code: 'session_offline' });
  expect(session.state.status).toBe('offline');
});

test('makes figures unavailable, and says why', async () => {
  await home.replace(signedIn(SERVICE, { accessToken: 'access', refreshToken: 'refresh' }));
  const account = createAccount(home.session(), createTestClock().now);
  const refused = await account.profile().catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'account_unavailable' });
  expect(wordsOf(refused)).toMatch(TOLD);
});
