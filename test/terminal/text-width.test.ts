import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { textWidth } from '../../src/terminal/text-width.js';

test('each sign that is measured at once takes one cell', () => {
  const ascii = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i));
  for (const sign of [...ascii, ...'─…–—≥·●’“”']) expect([sign, stringWidth(sign)]).toEqual([sign, 1]);
});

test.each([
  ['', 0],
  ['gpt-5.4 · fast', 14],
  ['模型', 4],
  ['👩‍💻', 2],
  ['é', 1],
  ['\u001b[31mred\u001b[0m', 3],
])('%j takes %i cells', (text, cells) => {
  expect(textWidth(text)).toBe(cells);
});
