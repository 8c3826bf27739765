import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { learnSecret, redact, redactedJson } from '../../src/files/secrets.js';
import { MeshbarError } from '../../src/shared/errors.js';
import { printError } from '../../src/terminal/output.js';
import { createHome } from '../helpers/terminal.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A user whose saved session has these tokens. */
function signedIn(tokens: Record<string, string>): string {
  const { home } = createHome();
  const file = path.join(home, '.meshagent', 'settings.json');
  mkdirSync(path.dirname(file));
  writeFileSync(
    file,
    JSON.stringify({
      users: {
        u: { session: { ...tokens, token_type: 'Bearer' }, project: { llm_proxy_bearer_token: 'saved-local-key' } },
      },
    }),
  );
  vi.stubEnv('HOME', home);
  return file;
}

test('tokens and keys of the saved session are known', () => {
  signedIn({ access_token: 'opaque-access', refresh_token: 'opaque-refresh', id_token: 'opaque-id' });
  const shown = redact('It held opaque-access, opaque-refresh, opaque-id and saved-local-key. Bearer of good news.');
  expect(shown).toBe('It held [redacted], [redacted], [redacted] and [redacted]. Bearer of good news.');
});

test('so are keys by project', () => {
  signedIn({});
  const file = path.join(process.env.HOME as string, '.meshagent', 'settings.json');
  writeFileSync(file, JSON.stringify({ users: { u: { active_api_keys: { p1: 'opaque-of-project' } } } }));
  expect(redact('It held opaque-of-project.')).toBe('It held [redacted].');
});

test('so are those that it has after a refresh', () => {
  const file = signedIn({ access_token: 'opaque-first' });
  redact('');
  writeFileSync(file, JSON.stringify({ users: { u: { session: { access_token: 'opaque-second-token' } } } }));
  expect(redact('opaque-second-token')).toBe('[redacted]');
});

test('so are those of the environment, and keys that were told', () => {
  vi.stubEnv('MESHAGENT_TOKEN', 'opaque-env-token');
  vi.stubEnv('MESHAGENT_OAUTH_CLIENT_SECRET', 'opaque-client-secret');
  learnSecret('told-local-key');
  expect(redact('opaque-env-token opaque-client-secret told-local-key')).toBe('[redacted] [redacted] [redacted]');
});

test('switches and counts of the environment are no secrets, whatever their names', () => {
  vi.stubEnv('TOKENIZERS_PARALLELISM', 'false');
  vi.stubEnv('HIDE_PASSWORD', 'TRUE');
  vi.stubEnv('MAX_OUTPUT_TOKENS', '32000');
  vi.stubEnv('WIKI_PASSWORD', '19501205');
  expect(redact('false TRUE 32000 19501205')).toBe('false TRUE 32000 [redacted]');
});

test('JSON is redacted text by text, names of ours apart', () => {
  learnSecret('told-word');
  const report = { id: 'told-word', found: true, state: { status: 'told-word', reason: 'It said "told-word".' } };
  expect(JSON.parse(redactedJson(report))).toEqual({
    ...report,
    state: { status: 'told-word', reason: 'It said "[redacted]".' },
  });
});

test('settings that are broken keep no error from being told', () => {
  const file = signedIn({});
  writeFileSync(file, '{"access_token": ');
  expect(redact('Something failed.')).toBe('Something failed.');
});

test('an error is one line, with what to do about it, and holds no secret and no stack', () => {
  vi.stubEnv('MESHAGENT_TOKEN', 'opaque-env-token');
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  printError(new MeshbarError('session_expired', {}, { cause: new Error('opaque-env-token') }));
  printError(new Error('It broke\nat opaque-env-token'));
  printError(new Error('Authorization: Bearer abcdef.ghijkl\u001b[2J'));
  expect(written.mock.calls.map(([text]) => text)).toEqual([
    'meshbar: Your MeshAgent session has ended. Sign in again: `meshbar login`.\n',
    'meshbar: It broke at [redacted]\n',
    'meshbar: Authorization: Bearer [redacted] [2J\n',
  ]);
});
