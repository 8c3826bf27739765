import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitColumns, headLine, rowLine, type ScreenColumn } from '../../../src/terminal/dashboard/columns.js';
import { segment, widthOf } from '../../../src/terminal/dashboard/line.js';

function column(title: string, rank: number, min: number, good?: number, max?: number): ScreenColumn<string> {
  return { title: () => title, rank, min, good, max, align: 'left', cell: (row) => segment(row) };
}

const COLUMNS = [column('time', 2, 8), column('request', 1, 10, 20, 30), column('tool', 4, 6, 8), column('cost', 3, 5)];

function fitted(width: number): string {
  return fitColumns(COLUMNS, width)
    .map(({ column: { title }, width: given }) => `${title()} ${given}`)
    .join(', ');
}

test('columns stand in their order, and go in the order of their ranks', () => {
  expect(fitted(32)).toBe('time 8, request 10, tool 6, cost 5');
  expect(fitted(31)).toBe('time 8, request 16, cost 5');
  expect(fitted(24)).toBe('time 8, request 15');
  expect(fitted(18)).toBe('request 18');
});

test('what is left goes first to what columns mostly need, then to what they could use', () => {
  expect(fitted(44)).toBe('time 8, request 20, tool 8, cost 5');
  expect(fitted(50)).toBe('time 8, request 26, tool 8, cost 5');
  expect(fitted(100)).toBe('time 8, request 30, tool 8, cost 5');
});

test('the most important column stays, however narrow it gets', () => {
  expect(fitted(4)).toBe('request 4');
});

test('no line is wider than asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.string(), (width, text) => {
      const fit = fitColumns(COLUMNS, width);
      expect(widthOf(headLine(fit))).toBeLessThanOrEqual(width);
      expect(widthOf(rowLine(fit, text.replace(/\p{C}/gu, ''), width))).toBeLessThanOrEqual(width);
    }),
  );
});
