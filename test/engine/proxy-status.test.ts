import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { askStatus } from '../../src/engine/proxy-status.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { waitFor } from '../helpers/wait-for.js';

test('a request that has ended is unrecorded until it is in the ledger', async () => {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' });
  const { url, localKey } = await engine.start();
  const locked = new DatabaseSync(engine.ledger.status.path);
  locked.exec('BEGIN IMMEDIATE');
  const answer = await fetch(`${url}/openai/v1/models`, { headers: { authorization: `Bearer ${localKey}` } });
  await answer.text();
  await waitFor(() => engine.active.length === 0, 'the end of the request');
  expect(await askStatus({ url, localKey })).toMatchObject({ inFlight: 0, unrecorded: 1 });
  locked.exec('ROLLBACK');
  locked.close();
  await waitFor(async () => (await askStatus({ url, localKey }))?.unrecorded === 0, 'the record');
  expect((await engine.ledger.totals({})).exchanges).toBe(1);
});
