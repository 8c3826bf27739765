import path from 'node:path';
import { expect, test } from 'vitest';
import { isPageAddress, pageAddress, pageFile } from '../../../src/main/windows/page-address.js';

test('our own page may ask, in each language', () => {
  expect(pageAddress('en-US')).toBe('meshbar://app/index.html?locale=en-US');
  expect(isPageAddress(pageAddress('en-XA'))).toBe(true);
  expect(isPageAddress(`${pageAddress('en-US')}#/settings`)).toBe(true);
});

test.each([
  // All of these have the origin "null" for Node, as ours has.
  'data:text/html,<p>hello',
  'about:blank',
  'file:///etc/passwd',
  'other://app/index.html',
  'meshbar://elsewhere/index.html',
  'meshbar://app.example.com/index.html',
  'https://app/index.html',
  'blob:meshbar://app/0b9c',
  'no address',
  '',
])('%s may not', (address) => {
  expect(isPageAddress(address)).toBe(false);
});

test('a page gets the files beside it, and no others', () => {
  const folder = path.resolve('/srv/pages');
  expect(pageFile(folder, 'meshbar://app/index.html')).toBe(path.join(folder, 'index.html'));
  expect(pageFile(folder, 'meshbar://app/assets/a%20b.js?x#y')).toBe(path.join(folder, 'assets', 'a b.js'));
  for (const name of [
    '..%2f..%2fetc/passwd',
    '%2e%2e/secret.html',
    '/..%2fpages-old/index.html',
    'a%00.html',
    '%',
    '',
  ]) {
    const file = pageFile(folder, `meshbar://app/${name}`);
    expect(file === undefined || file.startsWith(folder + path.sep), name).toBe(true);
    expect(file ?? '').not.toMatch(/\.\.|\0/);
  }
  expect(pageFile(folder, 'https://app/index.html')).toBeUndefined();
});
