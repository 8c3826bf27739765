/** What each type of setting takes, from text as from a file. */
import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ADDRESS,
  choice,
  FLAG,
  fraction,
  HOST,
  limit,
  NAME,
  NAMES,
  ORIGINS,
  type SettingType,
  SHORTCUT,
  SOURCE,
  URL_TYPE,
  whole,
} from '../../src/settings/types.js';
import { accepts, valueFrom } from '../../src/settings/values.js';

const PORT = whole(1024, 65_535);

test.each<[SettingType, string, unknown]>([
  [PORT, '8766', 8766],
  [fraction(0, 86_400), '0.5', 0.5],
  [limit(1, 3650), '30', 30],
  [HOST, '127.0.0.1', '127.0.0.1'],
  [HOST, ' my_machine.local ', 'my_machine.local'],
  [HOST, '[::1]', '::1'],
  [HOST, 'fe80::1%eth0', 'fe80::1%eth0'],
  [NAME, 'prj_1', 'prj_1'],
  [URL_TYPE, 'http://127.0.0.1:4000/base', 'http://127.0.0.1:4000/base'],
  [ADDRESS, '', ''],
  [SOURCE, '1', true],
  [SOURCE, 'true', true],
  [SOURCE, 'https://prices.example/data.json', 'https://prices.example/data.json'],
  [NAMES, 'box.lan', 'box.lan'],
  [ORIGINS, 'http://localhost:3000/', 'http://localhost:3000'],
  [SHORTCUT, '', ''],
])('%j is meant by %j', (type, text, value) => {
  expect(valueFrom(type, text)).toEqual(value);
});

test.each<[SettingType, readonly string[]]>([
  [PORT, ['', '80', '1023', '65536', '999999', '8766.5', '8e3', '0x2000', '-1', ' 8766', 'abc']],
  [fraction(0, 86_400), ['', ' ', '-1', 'soon', '86401', '1e3']],
  [limit(1, 3650), ['0', '1.5', '3651', 'null', '']],
  [HOST, ['', 'http://x', 'a b', 'ä', '127.0.0.1:80', '-a', 'a-', '::1]/x[', ':::', 'x'.repeat(254), '[]']],
  [NAME, ['', '  ']],
  [URL_TYPE, ['', 'api.meshagent.com', 'ftp://x', 'http://']],
  [ADDRESS, ['collector', 'ftp://x', `http://${'x'.repeat(500)}`]],
  [SOURCE, ['yes', '0', 'prices.example']],
  [NAMES, ['', ' ']],
  [ORIGINS, ['http://localhost:3000/app', 'localhost:3000', 'file:///tmp', '']],
])('%j is meant by none of %j', (type, texts) => {
  for (const text of texts) expect(valueFrom(type, text), text).toBeUndefined();
});

test.each<[SettingType, readonly unknown[], readonly unknown[]]>([
  [FLAG, [true, false], ['true', 1, null, undefined]],
  [choice(['a', 'b']), ['a'], ['c', 0, null, undefined]],
  [PORT, [1024], ['1024', Number.NaN, Number.POSITIVE_INFINITY, null]],
  [limit(1, 5), [null, 1], [undefined, '1', 1.5]],
  [HOST, ['::1'], ['[::1]', 1, undefined]],
  [ADDRESS, ['', 'https://x'], [true, undefined]],
  [SHORTCUT, ['Alt+K'], ['K'.repeat(61), undefined]],
])('a file may hold %j as %j, but not as %j', (type, good, bad) => {
  for (const value of good) expect(accepts(type, value), String(value)).toBe(true);
  for (const value of bad) expect(accepts(type, value), String(value)).toBe(false);
});

test('an IPv6 address is what Node takes for one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{1,24}$/)), (text) => {
      fc.pre(text.includes(':'));
      expect(accepts(HOST, text), text).toBe(isIPv6(text));
    }),
  );
});
