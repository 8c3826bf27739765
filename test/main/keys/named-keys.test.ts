import { expect, test } from 'vitest';
import { redact } from '../../../src/files/secrets.js';
import type { AppEngine } from '../../../src/main/engine/app-engine.js';
import { createNamedKeys } from '../../../src/main/keys/named-keys.js';
import { usageParts, withKeyLabels } from '../../../src/main/usage/usage-parts.js';
import { toMeshbarError } from '../../../src/shared/errors.js';
import { errorText } from '../../../src/words/index.js';
import { exchangeRecord } from '../../helpers/exchange-record.js';
import { createTestEngine } from '../../helpers/start-engine.js';

const DAY = 86_400_000;
const TERMINAL = /`meshbar |--[a-z]/;

async function makeKeys() {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' });
  const copied: string[] = [];
  const keys = createNamedKeys({ current: engine } as AppEngine, async (key) => {
    copied.push(key);
  });
  return { engine, keys, copied };
}

test('a new key is copied until it is put away, and is a secret', async () => {
  const { keys, copied } = await makeKeys();
  const first = await keys.create({ label: 'ci' });
  expect(redact(`It is ${first.key}.`)).not.toContain(first.key);
  await keys.copyNew(first.info.id);
  expect(copied).toEqual([first.key]);
  const second = await keys.create({ label: 'docs', limit: { limitNanoUsd: 1e9, period: 'day' } });
  await expect(keys.copyNew(first.info.id)).rejects.toMatchObject({ code: 'key_unknown' });
  keys.putAway();
  await expect(keys.copyNew(second.info.id)).rejects.toMatchObject({ code: 'key_unknown' });
  expect(JSON.stringify(await keys.list())).not.toContain(second.key);
});

test('what cannot be is said without words of the terminal', async () => {
  const { engine, keys } = await makeKeys();
  await keys.create({ label: 'ci' });
  const failures = await Promise.all([
    keys.create({ label: 'ci' }).catch(toMeshbarError),
    engine.keys.revoke('key_unknown').catch(toMeshbarError),
    engine.budgets.remove('all-day').catch(toMeshbarError),
  ]);
  const told = failures.map((failure) => errorText(toMeshbarError(failure).facts, 'app'));
  expect(told[0]?.hint).toBe('Choose another label, or revoke that key first.');
  for (const { message, hint } of told) {
    expect(hint).toBeDefined();
    expect(`${message} ${hint}`).not.toMatch(TERMINAL);
  }
});

test('each key tells today’s use and when it was last used; revoked ones are gone', async () => {
  const { engine, keys } = await makeKeys();
  const now = Date.now();
  const [used, rested, unused] = [
    await keys.create({ label: 'used' }),
    await keys.create({ label: 'rested' }),
    await keys.create({ label: 'unused' }),
  ].map(({ info }) => info.id);
  const { info: revoked } = await keys.create({ label: 'revoked' });
  await engine.keys.revoke(revoked.id);
  engine.ledger.append(exchangeRecord(1, { startedAt: now - 3 * DAY, keyId: used }));
  engine.ledger.append(exchangeRecord(2, { startedAt: now, keyId: used }));
  engine.ledger.append(exchangeRecord(3, { startedAt: now - 2 * DAY, keyId: rested }));
  engine.ledger.append(exchangeRecord(4, { startedAt: now }));
  await engine.ledger.flush();
  const list = new Map((await keys.list()).map((key) => [key.id, key.use]));
  expect([...list.keys()].sort()).toEqual([used, rested, unused].sort());
  const dayOf = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  expect(list.get(used as string)).toMatchObject({ today: { exchanges: 1 }, lastUsedOn: dayOf(now) });
  expect(list.get(rested as string)).toMatchObject({ today: { exchanges: 0 }, lastUsedOn: dayOf(now - 2 * DAY) });
  expect(list.get(unused as string)).toMatchObject({ today: { exchanges: 0 }, lastUsedOn: undefined });
});

test('by key and by project are offered where there is more than one, and keys by their labels', async () => {
  const { engine, keys } = await makeKeys();
  const { info } = await keys.create({ label: 'ci' });
  const startedAt = Date.now();
  const { usage } = exchangeRecord(0);
  engine.ledger.append(exchangeRecord(1, { startedAt, usage }));
  await engine.ledger.flush();
  expect(await usageParts(engine, 0)).toEqual(['model', 'tool']);
  engine.ledger.append(exchangeRecord(2, { startedAt, usage, keyId: info.id }));
  await engine.ledger.flush();
  expect(await usageParts(engine, 0)).toEqual(['model', 'tool', 'key']);
  engine.ledger.append(exchangeRecord(3, { startedAt, usage, keyId: 'key_gone', projectId: 'prj_2' }));
  await engine.ledger.flush();
  expect(await usageParts(engine, 0)).toEqual(['model', 'tool', 'key', 'project']);
  const groups = await withKeyLabels(engine, await engine.ledger.breakdown({ by: 'key' }));
  expect(groups.map(({ label }) => label).sort()).toEqual(['Shared key', 'ci', 'key_gone']);
});
