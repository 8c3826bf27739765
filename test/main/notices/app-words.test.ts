import { expect, test } from 'vitest';
import { inAppWords, sentenceInAppWords } from '../../../src/main/notices/app-words.js';
import { proxyView, sessionView } from '../../../src/main/state/views.js';
import { noProject, sessionExpired, signedOut } from '../../../src/session/session-errors.js';
import { sessionNotice } from '../../../src/session/session-notice.js';
import { createTestEngine } from '../../helpers/start-engine.js';

const TERMINAL = /`meshbar |--[a-z]/;

test('hints speak of the app where the engine speaks of commands', async () => {
  for (const error of [signedOut(undefined), sessionExpired(), noProject()]) {
    expect(error.hint).toMatch(TERMINAL);
    const { code, message, hint } = inAppWords(error.toInfo());
    expect({ code, message }).toEqual({ code: error.code, message: error.message });
    expect(hint).toBeDefined();
    expect(hint).not.toMatch(TERMINAL);
  }
});

test('a taken port is told in the words of the app', async () => {
  const { engine: first } = await createTestEngine({ url: 'http://127.0.0.1:9' });
  const { port } = await first.start();
  const { engine: second } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { port });
  await expect(second.start()).rejects.toMatchObject({ code: 'port_in_use_by_meshbar' });
  const view = proxyView(second.state, false);
  expect(view).toMatchObject({ status: 'failed', error: { code: 'port_in_use_by_meshbar' } });
  expect(JSON.stringify(view)).toContain('Settings');
  expect(JSON.stringify(view)).not.toMatch(TERMINAL);
});

test('hints without such words stand as they are', () => {
  const error = { code: 'no_upstream_token', message: 'You are not signed in.', hint: 'Mend the file.' } as const;
  expect(inAppWords(error)).toEqual(error);
  expect(inAppWords({ code: 'internal', message: 'x' })).toEqual({ code: 'internal', message: 'x' });
});

test('so do the sentences told beside the exchanges, and the session', async () => {
  const user = { id: 'usr_1', email: undefined, name: undefined };
  const notice = sessionNotice('signed_in', { status: 'expired', user, problem: undefined, projectId: 'p' }) ?? '';
  expect(notice).toMatch(TERMINAL);
  expect(sentenceInAppWords(notice)).toBe('Your MeshAgent session has ended. Sign in again.');
  const problem = sessionExpired().toInfo();
  expect(JSON.stringify(sessionView({ status: 'expired', user, problem, projectId: 'p' }))).not.toMatch(TERMINAL);
});

test('no view of the proxy holds its key', async () => {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { bearer: 'a-secret-key' });
  await engine.start();
  const shown = JSON.stringify(proxyView(engine.state, true));
  expect(shown).not.toContain('a-secret-key');
  expect(shown).not.toMatch(TERMINAL);
  expect(proxyView(engine.state, true)).toMatchObject({
    localKeySource: 'the demo',
    upstreamTokenSource: 'the simulator',
  });
});
