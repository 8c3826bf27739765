import { expect, test } from 'vitest';
import { createAskTogether } from '../../../src/renderer/store/ask-together.js';
import { createStore } from '../../../src/renderer/store/store.js';
import type { Bridge } from '../../../src/shared/ipc.js';

function given() {
  const requests: string[] = [];
  const request = async (name: string, input: unknown) => {
    requests.push(`${name} ${JSON.stringify(input)}`);
    return { ok: true, value: requests.length };
  };
  const { ask } = createStore({ request, on: () => () => {} } as unknown as Bridge);
  return { requests, ask: createAskTogether(ask) };
}

test('who asks the same in the same moment shares one answer', async () => {
  const { requests, ask } = given();
  const answers = await Promise.all([
    ask('session:projects', undefined),
    ask('usage:parts', { period: '24h' }),
    ask('session:projects', undefined),
    ask('usage:parts', { period: '7d' }),
  ]);
  expect(requests).toEqual([
    'session:projects undefined',
    'usage:parts {"period":"24h"}',
    'usage:parts {"period":"7d"}',
  ]);
  expect(answers[0]).toBe(answers[2]);
});

test('who asks later is answered again, though the first answer is still on its way', async () => {
  const { requests, ask } = given();
  const first = ask('session:projects', undefined);
  await Promise.resolve();
  const second = ask('session:projects', undefined);
  expect(requests).toHaveLength(2);
  expect(await first).not.toBe(await second);
});
