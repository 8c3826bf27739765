/** A window's page may be made to run somebody else's script. It gets nothing that the contract does not name. */

import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { createRequests } from '../../../src/main/ipc/requests.js';
import { pageAddress } from '../../../src/main/windows/page-address.js';
import { MeshbarError } from '../../../src/shared/errors.js';
import { wordsOf } from '../../helpers/error-words.js';

const PAGE_URL = pageAddress('en-US');
const OURS = { url: PAGE_URL, parent: null };
const sender = {} as WebContents;

/** Requests with one handler, and what reached it. */
function given() {
  const reached: unknown[] = [];
  const logged: string[] = [];
  const requests = createRequests({
    redact: (text) => text.replaceAll('s3cret', '***'),
    onError: (name, error) => logged.push(`${name}: ${wordsOf(error)}`),
  });
  requests.handle('proxy:stop', (input) => void reached.push(input));
  const ask = (frame: { url: string; parent: unknown } | null, name: unknown, input: unknown) =>
    requests.answer({ senderFrame: frame, sender }, name, input);
  return { requests, reached, logged, ask };
}

test('our own page is answered', async () => {
  const { reached, logged, ask } = given();
  expect(await ask(OURS, 'proxy:stop', { now: true })).toEqual({ ok: true, value: undefined });
  expect(reached).toEqual([{ now: true }]);
  expect(logged).toEqual([]);
});

test.each([
  ['a page of the web', { url: 'https://example.com/index.html', parent: null }],
  ['a blank page', { url: 'about:blank', parent: null }],
  ['a page of another scheme', { url: 'data:text/html,hello', parent: null }],
  ['a frame inside our page', { url: PAGE_URL, parent: OURS }],
  ['a frame that is gone', null],
])('%s is refused, and that is logged', async (_who, frame) => {
  const { reached, logged, ask } = given();
  const answer = await ask(frame, 'proxy:stop', { now: true });
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
  expect(reached).toEqual([]);
  expect(logged).toEqual([expect.stringMatching(/^proxy:stop: .* may not ask anything/)]);
});

test.each([
  ['the wrong type', { now: 'yes' }],
  ['a missing field', {}],
  ['nothing', undefined],
  ['null', null],
  ['a text', 'now'],
])('a payload that the contract does not allow is refused, and that is logged: %s', async (_what, input) => {
  const { reached, logged, ask } = given();
  expect(await ask(OURS, 'proxy:stop', input)).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
  expect(reached).toEqual([]);
  expect(logged).toHaveLength(1);
});

test('what a payload holds besides the contract does not reach the handler', async () => {
  const { reached, ask } = given();
  await ask(OURS, 'proxy:stop', { now: false, andMore: 'of it' });
  expect(reached).toEqual([{ now: false }]);
});

test.each(['no:such', 'constructor', '__proto__', 'toString', '', 7, undefined, { name: 'proxy:stop' }])(
  'a request that is not in the contract is refused: %j',
  async (name) => {
    const { reached, logged, ask } = given();
    expect(await ask(OURS, name, { now: true })).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
    expect(reached).toEqual([]);
    expect(logged).toHaveLength(1);
  },
);

test('an error is answered with its code, without secrets, and is logged as it was', async () => {
  const { requests, logged, ask } = given();
  requests.handle('app:quit', () => {
    throw new MeshbarError('port_in_use', { port: 's3cret' });
  });
  expect(await ask(OURS, 'app:quit', undefined)).toEqual({
    ok: false,
    error: {
      code: 'port_in_use',
      message: 'Port *** is taken by another program.',
      hint: expect.stringContaining('Settings'),
    },
  });
  expect(logged).toEqual([expect.stringMatching(/^app:quit: Port s3cret is taken/)]);
});

test('a request has one handler', () => {
  const { requests } = given();
  expect(() => requests.handle('proxy:stop', () => {})).toThrow('two handlers');
});

test('a request of the contract that nobody handles is known, and answered as an error', async () => {
  const { requests, ask } = given();
  expect(requests.unhandled).toContain('app:quit');
  expect(requests.unhandled).not.toContain('proxy:stop');
  expect(await ask(OURS, 'app:quit', undefined)).toMatchObject({ ok: false, error: { code: 'internal' } });
});

test('the app itself makes a request as a window does, and hears what went wrong', async () => {
  const { requests, reached } = given();
  await requests.perform({ ask: 'proxy:stop', input: { now: true } });
  expect(reached).toEqual([{ now: true }]);
  requests.handle('proxy:start', () => Promise.reject(new MeshbarError('port_in_use', { port: '8766' })));
  await expect(requests.perform({ ask: 'proxy:start', input: undefined })).rejects.toMatchObject({
    code: 'port_in_use',
  });
});

test.each([
  [999_999, 'Give at least $0.001.'],
  [1_000_001e9, 'Give at most $1,000,000.'],
])('an amount out of range is refused in words: %d nano-USD', async (amountNanoUsd, message) => {
  const budget = { scope: { kind: 'all' }, period: 'day', amountNanoUsd, hardStop: false };
  expect(await given().ask(OURS, 'budgets:set', budget)).toMatchObject({ ok: false, error: { message } });
});
