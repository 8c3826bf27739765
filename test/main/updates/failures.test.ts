import { expect, test } from 'vitest';
import { isWanted, nextUpdate } from '../../../src/main/updates/state.js';

const NOTHING = 'The update server has nothing for this version of Meshbar.';

function told(message: string, code?: string | number): string | undefined {
  const next = nextUpdate(
    { status: 'checking' },
    { type: 'failed', error: Object.assign(new Error(message), { code }) },
  );
  return next.status === 'failed' ? next.reason : undefined;
}

test('what an error repeats of the server’s answer is not taken for its reason', () => {
  expect(told('500 Oops\n"url: http://127.0.0.1:40404/ 404"', 'HTTP_ERROR_500')).toBe(
    'The update server returned an error. Try again later.',
  );
  const answer = 'Cannot parse update info from latest-linux.yml, rawData: sha512: EACCES 404';
  expect(told(answer, 'ERR_UPDATER_INVALID_UPDATE_INFO')).toMatch(/^The update server’s answer makes no sense\./);
});

test('a feed that has nothing and a file that is missing are kept apart', () => {
  expect(told('Cannot find channel "latest-linux.yml"', 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND')).toBe(NOTHING);
  const missing = 'The update server does not have the new version’s file. Try again later.';
  expect(told('404 Not Found', 'HTTP_ERROR_404')).toBe(missing);
  expect(told('Cannot download "http://127.0.0.1:1/x", status 404: Not Found')).toBe(missing);
  expect(told('Cannot download "http://127.0.0.1:404/x", status 500: Oops')).toMatch(/returned an error/);
});

test.each([
  ['ERR_CHECKSUM_MISMATCH', 'The update arrived damaged, so it was not installed.'],
  ['ERR_UPDATER_INVALID_SIGNATURE', 'The update’s signature was not accepted, so it was not installed.'],
  ['ENOSPC', 'There is not enough disk space for the update.'],
  ['EROFS', 'Meshbar may not write where it is installed.'],
  ['ECONNRESET', 'The update server can’t be reached.'],
])('%s: %s', (code, reason) => {
  expect(told('odd', code)).toBe(reason);
});

test('what Chromium and Squirrel say without a code of their own is understood', () => {
  expect(told('net::ERR_CONNECTION_REFUSED')).toBe('The update server can’t be reached.');
  expect(told('Code signature at URL file:///x did not pass validation', -9)).toBe(
    'The update’s signature was not accepted, so it was not installed.',
  );
  expect(told('odd')).toBe('Checking for updates failed.');
});

test('a beta is wanted only by who takes betas, and what is unwanted is ready no more', () => {
  expect(isWanted('0.6.0-beta.1', 'beta')).toBe(true);
  expect(isWanted('0.6.0-beta.1', 'latest')).toBe(false);
  expect(isWanted('0.6.0', 'latest')).toBe(true);
  expect(nextUpdate({ status: 'ready', version: '0.6.0-beta.1' }, { type: 'unwanted' })).toEqual({ status: 'idle' });
});
