import { expect, test } from 'vitest';
import {
  LIST_LIMIT,
  matches,
  namesSeen,
  underWay,
  withEnded,
} from '../../../../src/renderer/views/requests/request-list.js';
import type { ActiveExchange, ExchangeRecord, PricedExchange } from '../../../../src/shared/usage.js';
import { exchangeRecord } from '../../../helpers/exchange-record.js';

const ended = (n: number, fields: Partial<ExchangeRecord> = {}): PricedExchange => ({
  ...exchangeRecord(n, fields),
  standing: 'measured',
});
const active = (n: number, fields: Partial<ActiveExchange> = {}): ActiveExchange => {
  const { id, startedAt, providerName, tool, method, path, transport } = ended(n);
  return { id, startedAt, providerName, tool, method, path, transport, ...fields };
};
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => Number(id.slice(3)));

test('what ended goes where its start belongs, once, and nothing new is the same list', () => {
  const rows = [ended(9), ended(5), ended(1)];
  expect(ids(withEnded(rows, [ended(5), ended(7), ended(12)], {}))).toEqual([12, 9, 7, 5, 1]);
  expect(withEnded(rows, [ended(5)], {})).toBe(rows);
  expect(withEnded(rows, [], {})).toBe(rows);
});

test('the oldest leave when there are too many', () => {
  const rows = Array.from({ length: LIST_LIMIT }, (_, i) => ended(LIST_LIMIT - i));
  const next = withEnded(rows, [ended(LIST_LIMIT + 1)], {});
  expect(next).toHaveLength(LIST_LIMIT);
  expect(ids(next)[0]).toBe(LIST_LIMIT + 1);
  expect(ids(next).at(-1)).toBe(2);
});

test('a filter keeps what has the tool, the model and the outcome', () => {
  const record = ended(1, { tool: 'Codex', responseModel: 'gpt-5.4-2026', requestModel: 'gpt-5.4', outcome: 'failed' });
  expect(matches(record, {})).toBe(true);
  expect(matches(record, { tool: 'Codex', model: 'gpt-5.4-2026', outcome: 'failed' })).toBe(true);
  expect(matches(record, { tool: 'curl' })).toBe(false);
  expect(matches(record, { model: 'gpt-5.4' })).toBe(false);
  expect(matches(record, { outcome: 'complete' })).toBe(false);
  expect(matches(ended(2, { responseModel: undefined }), { model: 'gpt-5.4-mini' })).toBe(true);
  expect(withEnded([], [record], { tool: 'curl' })).toEqual([]);
});

test('a filter keeps what began in its range, which is half-open, and as many as are asked for', () => {
  const { startedAt } = ended(5);
  const range = { since: startedAt, until: startedAt + 2 };
  expect([4, 5, 6, 7].map((n) => matches(ended(n), range))).toEqual([false, true, true, false]);
  expect(ids(underWay([active(4), active(6)], [], range))).toEqual([6]);
  expect(ids(withEnded([], [ended(4), ended(5), ended(6)], range, 1))).toEqual([6]);
});

test('under way: newest first, without what has ended, and none where an outcome is asked for', () => {
  const all = [active(1), active(3), active(2, { tool: 'Codex' })];
  expect(ids(underWay(all, [ended(1)], {}))).toEqual([3, 2]);
  expect(ids(underWay(all, [], { tool: 'Codex' }))).toEqual([2]);
  expect(underWay(all, [], { outcome: 'complete' })).toEqual([]);
});

test('names to filter by grow, in order, and keep the chosen one', () => {
  const first = namesSeen([], ['curl', undefined, 'Codex', 'curl'], undefined);
  expect(first).toEqual(['Codex', 'curl']);
  expect(namesSeen(first, ['curl'], 'Codex')).toBe(first);
  expect(namesSeen(first, [], 'Aider')).toEqual(['Aider', 'Codex', 'curl']);
});
