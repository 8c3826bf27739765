import { expect, test } from 'vitest';
import { firstRequest, firstRequestText } from '../../../../src/renderer/views/connect/waiting.js';
import type { ActiveExchange, PricedExchange } from '../../../../src/shared/usage.js';
import { exchangeRecord } from '../../../helpers/exchange-record.js';

const COPIED = 1_790_000_000_000;
const ended = (n: number, fields: Partial<PricedExchange> = {}): PricedExchange => ({
  ...exchangeRecord(n, { tool: 'Claude Code', responseModel: 'claude-sonnet-4-6' }),
  standing: 'measured',
  ...fields,
});
const active = (n: number, model?: string): ActiveExchange => {
  const { id, startedAt, providerName, tool, method, path, transport } = ended(n);
  return { id, startedAt, providerName, tool, method, path, transport, model };
};

test('requests from before the copy do not count', () => {
  expect(firstRequest(undefined, { active: [active(-5)], ended: [ended(-1)] }, COPIED)).toBeUndefined();
});

test('the first that began is the one, whichever ends first, and it learns its model and its end', () => {
  const first = firstRequest(undefined, { active: [active(7), active(3)], ended: [ended(4)] }, COPIED);
  expect(first).toEqual({
    id: ended(3).id,
    tool: 'Claude Code',
    model: undefined,
    outcome: undefined,
    errorReason: undefined,
  });
  expect(firstRequest(first, { active: [active(3)], ended: [] }, COPIED)).toBe(first);
  const named = firstRequest(first, { active: [active(3, 'claude-sonnet-4-6')], ended: [] }, COPIED);
  expect(named?.model).toBe('claude-sonnet-4-6');
  const done = firstRequest(named, { active: [], ended: [ended(3), ended(9)] }, COPIED);
  expect(done).toMatchObject({ id: ended(3).id, outcome: 'complete' });
  expect(firstRequest(done, { active: [active(20)], ended: [ended(21)] }, COPIED)).toBe(done);
});

test('the sentence names tool and model, and says so where it failed', () => {
  const one = { id: 'x', tool: 'Claude Code', model: 'claude-sonnet-4-6', outcome: undefined, errorReason: undefined };
  expect(firstRequestText(one)).toBe('It works: Claude Code, claude-sonnet-4-6');
  expect(firstRequestText({ ...one, model: undefined })).toBe('It works: Claude Code');
  expect(firstRequestText({ ...one, outcome: 'failed', errorReason: 'There is no such model.' })).toBe(
    'Claude Code, claude-sonnet-4-6 reached Meshbar, but the request failed: There is no such model.',
  );
});
