import { describe, expect, test } from 'vitest';
import { environmentToken, isLoopbackUrl, projectOf, serviceUrlOf } from '../../src/session/precedence.js';
import type { SavedUser } from '../../src/session/settings.js';
import { DEFAULT_CONFIG } from '../../src/settings/config.js';

const user: SavedUser = {
  id: 'u',
  email: undefined,
  name: undefined,
  apiUrl: 'https://profile.example/',
  session: undefined,
  activeProject: 'from-file',
  localKey: undefined,
};
const config = DEFAULT_CONFIG;

describe('the address', () => {
  test.each([
    [
      '--api-url',
      { ...config, apiUrl: 'https://option.example//' },
      { MESHAGENT_API_URL: 'https://e.example' },
      'https://option.example',
    ],
    ['MESHAGENT_API_URL', config, { MESHAGENT_API_URL: ' https://e.example/base/ ' }, 'https://e.example/base'],
    ["the profile's", config, { MESHAGENT_API_URL: '' }, 'https://profile.example'],
  ])('%s', (_name, given, env, expected) => {
    expect(serviceUrlOf(given, env, user)).toBe(expected);
  });

  test('the default', () => {
    expect(serviceUrlOf(config, {}, undefined)).toBe('https://api.meshagent.com');
  });

  test.each(['nonsense', 'ftp://example.com', 'http://example.com', 'http://127.0.0.1.example.com'])(
    '%s is refused',
    (url) => {
      expect(() => serviceUrlOf(config, { MESHAGENT_API_URL: url }, user)).toThrow(
        expect.objectContaining({ code: 'invalid_option' }),
      );
    },
  );

  test('plain http stays on this machine', () => {
    expect(isLoopbackUrl('http://localhost:1')).toBe(true);
    expect(isLoopbackUrl('http://127.0.0.9')).toBe(true);
    expect(isLoopbackUrl('http://[::1]:80')).toBe(true);
    expect(isLoopbackUrl('http://127.evil.example')).toBe(false);
  });
});

describe('the project', () => {
  test.each([
    ['--project-id', { ...config, projectId: 'o' }, { MESHAGENT_PROJECT_ID: 'e' }, { id: 'o', source: '--project-id' }],
    ['MESHAGENT_PROJECT_ID', config, { MESHAGENT_PROJECT_ID: 'e' }, { id: 'e', source: 'MESHAGENT_PROJECT_ID' }],
    ['the settings', config, { MESHAGENT_PROJECT_ID: '' }, { id: 'from-file', source: 'settings' }],
  ])('%s', (_name, given, env, expected) => {
    expect(projectOf(given, env, user)).toEqual(expected);
  });

  test('none', () => {
    expect(projectOf(config, {}, undefined)).toBeUndefined();
  });
});

describe('the token', () => {
  test('MESHAGENT_TOKEN, or nothing', () => {
    expect(environmentToken(config, { MESHAGENT_TOKEN: 't' })).toEqual({ name: 'MESHAGENT_TOKEN', token: 't' });
    expect(environmentToken(config, { MESHAGENT_TOKEN: '' })).toBeUndefined();
  });

  test('the variable that was asked for, which must be set', () => {
    const asked = { ...config, tokenFromEnv: 'MINE' };
    expect(environmentToken(asked, { MINE: 'm', MESHAGENT_TOKEN: 't' })).toEqual({ name: 'MINE', token: 'm' });
    expect(() => environmentToken(asked, { MESHAGENT_TOKEN: 't' })).toThrow(
      expect.objectContaining({ facts: { code: 'no_upstream_token', data: { why: 'variable', name: 'MINE' } } }),
    );
  });
});
