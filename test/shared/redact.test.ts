import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/shared/redact.js';

test.each([
  ['Authorization: Bearer abcdef123456 was refused', 'Authorization: Bearer [redacted] was refused'],
  ['Incorrect API key provided: sk-proj-abc****wxyz.', 'Incorrect API key provided: sk-[redacted].'],
  ['Incorrect API key provided: xai-abcd1234efgh.', 'Incorrect API key provided: xai-[redacted].'],
  ['the key mb-UTylXeoEg4KHtK964c4T4Um2n6VyvfZ9GrqJmXf-muw was shown', 'the key mb-[redacted] was shown'],
  ['token eyJhbGciOi.eyJzdWIiOiIx.c2ln is old', 'token eyJ[redacted] is old'],
  ['{"access_token": "opaque-value", "n": 1}', '{"access_token": "[redacted]", "n": 1}'],
  ['grant_type=refresh_token&refresh_token=opaque&x=1', 'grant_type=refresh_token&refresh_token=[redacted]&x=1'],
  ['http://localhost:8765/callback?code=abcd1234&state=s', 'http://localhost:8765/callback?code=[redacted]&state=s'],
  ['x-api-key: opaque', 'x-api-key: [redacted]'],
  ['proxy http://me:pass@proxy.lan:3128 failed', 'proxy http://[redacted]@proxy.lan:3128 failed'],
])('by shape: %s', (text, expected) => {
  expect(createRedactor().redact(text)).toBe(expected);
});

test.each([
  'Port 8766 is taken by another program. Choose another one with --port, or 0 for a free one.',
  'The environment variable MESHAGENT_TOKEN is not set.',
  '/home/me/.meshagent/settings.json is not valid JSON; it is left as it is.',
  'The request to api.meshagent.com failed (code: ECONNRESET).',
  "option '--bearer <key>' needs a key",
  'ask-usage, risk-free, disk-full',
])('a sentence without a secret stays as it is: %s', (text) => {
  expect(createRedactor().redact(text)).toBe(text);
});

test('what it was told is left out wherever it stands, in the forms of URLs and JSON too', () => {
  const printable = fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(
      printable,
      printable,
      fc.string({ unit: 'grapheme-ascii' }),
      fc.string({ unit: 'grapheme-ascii' }),
      (key, token, before, after) => {
        const redactor = createRedactor();
        redactor.learn(key);
        redactor.learn(token);
        redactor.learn(undefined);
        const text = `${before}${key}${after} ${token} ${encodeURIComponent(token)} ${JSON.stringify({ key })}`;
        const shown = redactor.redact(text).replaceAll('[redacted]', '\0');
        expect(shown).not.toContain(JSON.stringify(key).slice(1, -1));
        expect(shown).not.toContain(encodeURIComponent(token));
      },
    ),
  );
});

test('of two secrets of which one begins like the other, no tail is left', () => {
  const redactor = createRedactor();
  redactor.learn('abcd');
  redactor.learn('abcd-efgh');
  expect(redactor.redact('it was abcd-efgh')).toBe('it was [redacted]');
});

test('a key too short to be told from words is not searched for', () => {
  const redactor = createRedactor();
  redactor.learn('a');
  expect(redactor.redact('a plain sentence')).toBe('a plain sentence');
});
