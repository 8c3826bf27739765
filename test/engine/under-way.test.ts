import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { createTestEngine } from '../helpers/start-engine.js';

test('what is under way is told as of now, while the proxy runs and while it drains', async () => {
  const upstream = await startRawUpstream({ accounts: true });
  const { engine } = await createTestEngine(upstream);
  const { url, localKey } = await engine.start();
  const open: (() => Promise<void>)[] = [];
  for (let i = 0; i < 3; i += 1) {
    const answer = fetch(`${url}/openai/v1/models`, { headers: { authorization: `Bearer ${localKey}` } });
    const request = await upstream.request();
    open.push(async () => {
      await request.answer(200, '{}');
      await (await answer).text();
      // The proxy hears within a few turns that it has gone; without being asked, the list would hear 50 ms later.
      for (let n = 0; n < 5; n += 1) await turn();
    });
  }
  expect(engine.active).toHaveLength(3);
  await open.pop()?.();
  expect(engine.active).toHaveLength(2);
  const stopped = engine.stop({ graceMs: 10_000 });
  await open.pop()?.();
  expect(engine.active).toHaveLength(1);
  expect((await engine.ledger.totals({})).exchanges).toBe(2);
  await open.pop()?.();
  await stopped;
  expect(engine.active).toHaveLength(0);
});
