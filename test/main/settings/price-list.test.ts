/** The app fetches the price list while the user wants that, and says which one is in use. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createPriceList } from '../../../src/main/settings/price-list.js';
import { BUNDLED_PRICE_LIST } from '../../../src/pricing/public-list.js';
import { keepWords } from '../../helpers/error-words.js';
import { tempFolder } from '../../helpers/temp-folder.js';
import { waitFor } from '../../helpers/wait-for.js';

const provider = (id: string) => ({
  id,
  name: id,
  api_pattern: 'https://x',
  models: [{ id: 'new', match: { equals: 'new' }, prices: { input_mtok: 1, output_mtok: 2 } }],
});

async function setUp() {
  let asked = 0;
  const server = http.createServer((_request, response) => {
    asked += 1;
    response.end(JSON.stringify(['openai', 'anthropic', 'x-ai'].map(provider)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const calls: string[] = [];
  const options = {
    file: path.join(tempFolder(), 'prices.json'),
    ledger: () => ({
      async reloadPrices() {
        calls.push('reload');
      },
    }),
    onChange: () => calls.push('change'),
    onProblem: keepWords(calls),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json`,
  };
  const priceList = createPriceList(options);
  onTestFinished(() => priceList.keepUpToDate(false));
  return { priceList, options, calls, asked: () => asked };
}

test('nothing is fetched before that is wanted; then the ledger prices by it, and it is said when it came', async () => {
  const { priceList, options, calls, asked } = await setUp();
  priceList.keepUpToDate(false);
  expect(priceList.info).toEqual({ version: BUNDLED_PRICE_LIST });
  expect(asked()).toBe(0);
  priceList.keepUpToDate(true);
  priceList.keepUpToDate(true);
  await waitFor(() => calls.includes('change'), 'the list');
  expect([calls, asked()]).toEqual([['reload', 'change'], 1]);
  const fetchedAt = priceList.info.fetchedAt ?? 0;
  expect(Math.abs(Date.now() - fetchedAt)).toBeLessThan(60_000);
  expect(priceList.info.version).toBe(`genai-prices of ${new Date(fetchedAt).toISOString().slice(0, 10)}`);

  // The next start knows it, and asks for no newer one on the same day.
  const next = createPriceList(options);
  expect(next.info).toEqual(priceList.info);
  next.keepUpToDate(true);
  next.keepUpToDate(false);
  expect(asked()).toBe(1);
});
