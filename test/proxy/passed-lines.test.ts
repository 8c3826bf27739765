import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldLines } from '../../src/net/request-head.js';
import { passedRequestFields } from '../../src/proxy/headers.js';
import { passedRequestLines } from '../../src/proxy/passed-lines.js';

const NAMES = ['Accept', 'accept', 'Cookie', 'Origin', 'Connection', 'X-Hop', 'Content-Length', 'Authorization', 'TE'];
const VALUES = ['a', 'b', 'close', 'X-Hop', 'accept'];

test('a remembered head gives what one read anew would', () => {
  const field = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES));
  const request = fc.tuple(fc.array(field, { maxLength: 3 }), fc.boolean());
  const requests = fc.property(fc.array(request, { maxLength: 40 }), (all) => {
    for (const [fields, plainAnswer] of all) {
      const raw = fields.flat();
      expect(passedRequestLines(raw, plainAnswer)).toBe(fieldLines(passedRequestFields(raw, plainAnswer)));
    }
  });
  fc.assert(requests, { numRuns: 500 });
});

test.each([
  ['another value', ['X-A', '1', 'X-B', '2'], ['X-A', '1', 'X-B', '3'], 'X-A: 1\r\nX-B: 3\r\n'],
  ['another spelling', ['X-A', '1'], ['x-a', '1'], 'x-a: 1\r\n'],
  ['one field less', ['X-A', '1', 'X-B', '2'], ['X-A', '1'], 'X-A: 1\r\n'],
  ['another key and length', ['x-api-key', 'k', 'Content-Length', '3'], ['x-api-key', 'l', 'Content-Length', '4'], ''],
])('%s than the request before', (_what, before, after, lines) => {
  passedRequestLines(before, false);
  expect(passedRequestLines(after, false)).toBe(lines);
});

test('a value that is not valid HTTP is refused each time', () => {
  const refused = expect.objectContaining({ code: 'ERR_INVALID_CHAR' });
  for (const value of ['a\u0001', 'a\u0001']) expect(() => passedRequestLines(['X-A', value], false)).toThrow(refused);
});
