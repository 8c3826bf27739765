import { expect, test } from 'vitest';
import { createFirstRequest } from '../../../src/main/usage/first-request.js';
import type { ActiveExchange, PricedExchange } from '../../../src/shared/usage.js';

const WHAT = { kind: 'env', shell: 'sh' } as const;

function setUp() {
  let changes = 0;
  let asked = 0;
  const active: ActiveExchange[] = [];
  const first = createFirstRequest(
    () => changes++,
    () => 1000,
  );
  return {
    first,
    active,
    changes: () => changes,
    asked: () => asked,
    look: () =>
      first.onActive(() => {
        asked += 1;
        return active;
      }),
  };
}

function exchange(id: string, startedAt: number, model?: string): ActiveExchange {
  return {
    id,
    startedAt,
    model,
    tool: `tool of ${id}`,
    providerName: 'openai',
    method: 'POST',
    path: '/v1/responses',
    transport: 'http',
  };
}

const ended = (id: string, startedAt: number, responseModel?: string) =>
  ({ ...exchange(id, startedAt), responseModel }) as unknown as PricedExchange;

test('nothing is waited for before something is copied', () => {
  const { first, active, look, changes, asked } = setUp();
  active.push(exchange('a', 2000));
  look();
  expect([first.waiting, first.firstSeen, changes(), asked()]).toEqual([undefined, undefined, 0, 0]);
});

test('the first exchange to begin after a copy ends the waiting and names its tool, then its model', () => {
  const { first, active, look, changes, asked } = setUp();
  active.push(exchange('old', 999, 'gpt-5.4'));
  first.copied(WHAT);
  look();
  expect(first.waiting).toEqual({ what: WHAT, since: 1000 });
  active.push(exchange('new', 1000));
  look();
  expect(first.waiting).toBeUndefined();
  expect(first.firstSeen).toEqual({ tool: 'tool of new', model: undefined, at: 1000 });
  active[1] = exchange('new', 1000, 'gpt-5.4-mini');
  look();
  expect(first.firstSeen).toEqual({ tool: 'tool of new', model: 'gpt-5.4-mini', at: 1000 });
  const before = asked();
  active.push(exchange('later', 3000, 'another'));
  look();
  first.onEnded([ended('new', 1000, 'another')]);
  expect(first.firstSeen?.model).toBe('gpt-5.4-mini');
  expect([changes(), asked()]).toEqual([3, before]);
});

test('a model that only the record tells is named then; an exchange without one is no riddle', () => {
  const { first, active, look } = setUp();
  first.copied(WHAT);
  active.push(exchange('a', 1001));
  look();
  first.onEnded([ended('b', 1002, 'other'), ended('a', 1001, 'gpt-5.4')]);
  expect(first.firstSeen).toEqual({ tool: 'tool of a', model: 'gpt-5.4', at: 1001 });
  first.copied(WHAT);
  expect(first.firstSeen).toBeUndefined();
  active[0] = exchange('c', 1003);
  look();
  first.onEnded([ended('c', 1003)]);
  expect(first.firstSeen).toEqual({ tool: 'tool of c', model: undefined, at: 1003 });
});

test('after a tool was connected, that one is waited for, and no other', () => {
  const { first, active, look } = setUp();
  first.connected({ kind: 'tool', id: 'codex', title: 'Codex' }, 'tool of b');
  active.push(exchange('a', 1500, 'x'));
  look();
  expect(first.waiting).toMatchObject({ what: { title: 'Codex' } });
  active.push(exchange('b', 1600, 'gpt-5.4'));
  look();
  expect(first.waiting).toBeUndefined();
  expect(first.firstSeen).toMatchObject({ tool: 'tool of b', model: 'gpt-5.4' });
});

test('what is copied after that waits for any', () => {
  const { first, active, look } = setUp();
  first.connected({ kind: 'tool', id: 'codex', title: 'Codex' }, 'tool of b');
  first.copied(WHAT);
  active.push(exchange('a', 1500, 'x'));
  look();
  expect(first.firstSeen).toMatchObject({ tool: 'tool of a' });
  first.copied(WHAT);
  first.forget();
  expect(first.waiting).toBeUndefined();
});
