import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import {
  cutLine,
  cutText,
  fillText,
  segment,
  spreadLine,
  titleLine,
  widthOf,
  wrapText,
} from '../../../src/terminal/dashboard/line.js';

test.each([
  ['short', 10, 'short'],
  ['exactly', 7, 'exactly'],
  ['too long', 7, 'too lo…'],
  ['too long', 1, '…'],
  ['too long', 0, ''],
  ['模型名', 6, '模型名'],
  ['模型名', 5, '模型…'],
  ['模型名', 4, '模…'],
  ['👩‍👩‍👧 family', 4, '👩‍👩‍👧 …'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
])('cut: %j in %i cells is %j', (text, width, expected) => {
  expect(cutText(text, width)).toBe(expected);
});

test('a filled cell is exactly as wide as asked, whatever is in it', () => {
  const texts = fc.string({ unit: fc.oneof(fc.constantFrom(...'aé模😀 '), fc.string({ minLength: 1, maxLength: 1 })) });
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 30 }), fc.constantFrom('left', 'right'), (text, width, align) => {
      const plain = text.replace(/\p{C}/gu, '');
      expect(stringWidth(fillText(plain, width, align as 'left'))).toBe(width);
    }),
  );
});

test('a line keeps its tones when it is cut, and ends with one …', () => {
  const line = [segment('one ', 'strong'), segment('two ', 'dim'), segment('three', 'good')];
  expect(cutLine(line, 13)).toEqual(line);
  expect(cutLine(line, 7)).toEqual([segment('one ', 'strong'), segment('tw…', 'dim')]);
});

test('the right end gives way where there is no room for both', () => {
  const start = [segment('start')];
  const end = [segment('end')];
  expect(widthOf(spreadLine(start, end, 20))).toBe(20);
  expect(spreadLine(start, end, 9)).toEqual(start);
  expect(spreadLine(start, end, 3)).toEqual([segment('st…')]);
});

test('a title fills its line, and cuts its remark where it must', () => {
  expect(widthOf(titleLine('Requests', [segment('2 under way')], 40))).toBe(40);
  expect(widthOf(titleLine('Requests', [], 40))).toBe(40);
  expect(widthOf(titleLine('Requests', [segment('2 under way')], 15))).toBeLessThanOrEqual(15);
});

test('text is wrapped between words, and a word that is too long is cut', () => {
  expect(wrapText('run meshbar login, or set it', 11)).toEqual(['run meshbar', 'login, or', 'set it']);
  expect(wrapText('MESHAGENT_PROJECT_ID', 10)).toEqual(['MESHAGENT…']);
});
