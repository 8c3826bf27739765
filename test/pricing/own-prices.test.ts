/** The user's own prices come first: exactly the model's name, the standard tier, from their day on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/ledger/store.js';
import { type OwnPrice, setOwnPrices } from '../../src/pricing/own-price.js';
import { readOwnPrices, removeOwnPrice, saveOwnPrice } from '../../src/pricing/own-prices.js';
import { pricingOf } from '../../src/pricing/pricing.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { runHere } from '../helpers/command-here.js';
import { keepWords } from '../helpers/error-words.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { createHome } from '../helpers/terminal.js';

const AUTUMN_2026 = Date.parse('2026-11-01T12:00:00Z');
const USAGE = { inputTokens: 1000, cacheReadInputTokens: 400, cacheCreationInputTokens: 100, outputTokens: 100 };

afterEach(() => setOwnPrices([]));

function price(model: string, fields: Partial<ExchangeRecord> = {}) {
  const models = { requestModel: model, responseModel: model };
  return pricingOf(exchangeRecord(1, { ...models, startedAt: AUTUMN_2026, usage: USAGE, ...fields }));
}

describe('a price of one’s own', () => {
  test('comes before MeshAgent’s and the list’s, names itself, and is before the surcharge', () => {
    setOwnPrices([{ model: 'gpt-6-sol', input: 1, cached: 0.5, cacheWrite: 2, output: 3 }]);
    // 500 × 1 + 400 × 0.50 + 100 × 2 + 100 × 3
    expect(price('gpt-6-sol')).toMatchObject({
      standing: 'measured',
      cost: { costNanoUsd: 1_200_000, surchargeNanoUsd: 60_000, priceListVersion: 'your price' },
    });
  });

  test.each<[string, string, Partial<ExchangeRecord>, boolean]>([
    ['the answer’s name', 'mine', {}, true],
    ['the request’s name', 'other', { requestModel: 'mine' }, true],
    ['the standard tier, asked for', 'mine', { requestServiceTier: 'default' }, true],
    ['another tier', 'mine', { requestServiceTier: 'flex' }, false],
    ['a dated name', 'mine-2026-10-10', {}, false],
    ['a name in other letters', 'Mine', {}, false],
    ['a name with a prefix', 'openai/mine', {}, false],
  ])('counts for exactly its model: %s', (_, model, fields, counts) => {
    setOwnPrices([{ model: 'mine', input: 1, cached: 1, cacheWrite: 1, output: 1 }]);
    expect(price(model, fields).standing).toBe(counts ? 'measured' : 'unpriced');
  });

  test('holds from its day on, until the next one', () => {
    const day = (from: string | undefined, input: number): OwnPrice => ({
      model: 'mine',
      input,
      ...(from ? { from } : {}),
    });
    setOwnPrices([day('2026-11-01', 3), day(undefined, 1), day('2026-10-01', 2)]);
    const at = (date: string) => price('mine', { startedAt: Date.parse(date), usage: { inputTokens: 1 } }).cost;
    expect(at('2026-09-30T23:59:59Z')).toMatchObject({ costNanoUsd: 1000, priceListVersion: 'your price' });
    expect(at('2026-10-01T00:00:00Z')).toMatchObject({ costNanoUsd: 2000 });
    expect(at('2026-12-01T00:00:00Z')).toMatchObject({
      costNanoUsd: 3000,
      priceListVersion: 'your price from 2026-11-01',
    });
  });

  test('that lacks a part makes the cost "at least"', () => {
    setOwnPrices([{ model: 'mine', input: 1, output: 3 }]);
    expect(price('mine')).toMatchObject({
      standing: 'partial',
      cost: { costNanoUsd: 800_000, missingPrices: 'cached cache_write' },
    });
  });
});

describe('the file', () => {
  const file = () => path.join(tempFolder(), 'home', 'own-prices.json');

  test('holds what several write at once, each whole', async () => {
    const own = file();
    await Promise.all(Array.from({ length: 12 }, (_, n) => saveOwnPrice(own, { model: `m${n}`, input: n })));
    expect(readOwnPrices(own)).toHaveLength(12);
    await saveOwnPrice(own, { model: 'm3', input: 9 });
    await saveOwnPrice(own, { model: 'm3', from: '2026-11-01', input: 8 });
    expect(readOwnPrices(own).filter(({ model }) => model === 'm3')).toEqual([
      { model: 'm3', input: 9 },
      { model: 'm3', from: '2026-11-01', input: 8 },
    ]);
    expect(await removeOwnPrice(own, 'm3', '2026-11-01')).toBe(1);
    expect(await removeOwnPrice(own, 'm3', undefined)).toBe(1);
    await expect(removeOwnPrice(own, 'm3', undefined)).rejects.toMatchObject({ code: 'price_unknown' });
  });

  test.each([
    ['no JSON', '{"prices": [oops'],
    ['no list', '{"prices": 7}'],
    ['a price below nothing', '{"prices": [{"model": "m", "input": -1}]}'],
    ['a price that is a text', '{"prices": [{"model": "m", "input": "1"}]}'],
    ['no name', '{"prices": [{"input": 1}]}'],
    ['no day', '{"prices": [{"model": "m", "from": "2026-02-30"}]}'],
    ['what a newer Meshbar wrote', '{"version": 2, "prices": []}'],
  ])('is never written over where it holds %s', async (_, text) => {
    const own = file();
    await saveOwnPrice(own, { model: 'm', input: 1 });
    writeFileSync(own, text);
    await expect(saveOwnPrice(own, { model: 'n', input: 1 })).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(removeOwnPrice(own, 'm', undefined)).rejects.toMatchObject({ code: 'file_unreadable' });
    expect(readFileSync(own, 'utf8')).toBe(text);
  });

  test('counts in the ledger from the next record on, and a damaged one is reported once', async () => {
    const folder = tempFolder();
    const own = path.join(folder, 'own-prices.json');
    const problems: string[] = [];
    const store = openStore(path.join(folder, 'ledger.sqlite'), { onSetAside() {}, onProblem: keepWords(problems) });
    onTestFinished(() => store.close());
    let n = 0;
    const append = () => {
      n += 1;
      return store.append([exchangeRecord(n, { requestModel: 'mine', responseModel: 'mine' })])[0];
    };
    expect(append()?.standing).toBe('unpriced');
    await saveOwnPrice(own, { model: 'mine', input: 1, cached: 1, output: 1 });
    expect(append()?.cost?.priceListVersion).toBe('your price');
    expect(store.reprice({ dryRun: false })).toMatchObject({ unpriced: 1, priced: 1 });
    writeFileSync(own, 'oops');
    expect([append()?.standing, append()?.standing]).toEqual(['unpriced', 'unpriced']);
    expect(problems).toEqual([expect.stringContaining('own-prices.json holds something that is no price')]);
  });
});

test('the command sets, lists and removes, and bad input says what to do', async () => {
  const { env } = createHome();
  const run = (...args: string[]) => runHere(['price', ...args], env);
  expect((await run('list')).stdout).toContain('You have set no price of your own.');
  const set = await run('set', 'mine', '--input', '2.50', '--cached', '0.25', '--cache-write', '3', '--output', '15');
  expect([set.code, set.stdout]).toEqual([0, expect.stringContaining('Set. Requests to mine are priced by it')]);
  await run('set', 'mine', '--input', '$2', '--from', '2026-12-01');
  expect(JSON.parse((await run('list', '--json')).stdout)).toEqual([
    { model: 'mine', input: 2.5, cached: 0.25, cacheWrite: 3, output: 15 },
    { model: 'mine', from: '2026-12-01', input: 2 },
  ]);
  expect((await run('list')).stdout).toMatch(
    /mine +always +\$2\.5 +\$0\.25 +\$3 +\$15\n *mine +2026-12-01 +\$2 +– +– +–/,
  );
  const wrong = [
    ['set mine', /Give --input or --output/],
    ['set mine --input -1', /--input/],
    ['set mine --input 1e9', /USD for a million tokens/],
    ['set mine --input 1 --from 2026-02-30', /a date such as 2026-12-01/],
  ] as const;
  for (const [args, words] of wrong) {
    const { code, stderr } = await run(...args.split(' '));
    expect([args, code, stderr]).toEqual([args, 2, expect.stringMatching(words)]);
  }
  expect((await run('remove', 'mine')).code).toBe(0);
  expect([(await run('remove', 'mine')).code, (await run('list', '--json')).stdout]).toEqual([1, '[]\n']);
  expect(existsSync(path.join(env.MESHBAR_HOME as string, 'own-prices.json'))).toBe(true);
});
