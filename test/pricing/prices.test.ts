/** A price list is fetched only where the user said so, and a bad one changes nothing. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { loadPrices } from '../../src/pricing/load-prices.js';
import { parsePriceList, readPriceFile } from '../../src/pricing/price-file.js';
import { fetchPrices, keepPricesUpToDate } from '../../src/pricing/price-updates.js';
import { priceListVersion } from '../../src/pricing/public-list.js';
import { runHere } from '../helpers/command-here.js';
import { keepWords, wordsOf } from '../helpers/error-words.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { priceExchange } from '../helpers/price-exchange.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { chat, createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const model = (id: string, input: number) => ({
  id,
  match: { equals: id },
  prices: { input_mtok: { base: input, tiers: [{ start: 200_000, price: input * 2 }] }, output_mtok: 1 },
});
const provider = (id: string, models: unknown) => ({ id, name: id, api_pattern: 'https://x', models });
const newList = [
  provider('anthropic', [model('claude-new', 3)]),
  provider('openai', [model('gpt-5.4', 2), model('gpt-new', 1)]),
  provider('x-ai', [model('grok-new', 1)]),
  provider('somebody-else', [model('other', 1)]),
];

/** Serves a price list, or whatever else; counts how often it was asked. */
async function serveList(status: number, body: string) {
  const answer = { status, body, asked: 0 };
  const server = http.createServer((_request, response) => {
    answer.asked += 1;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { answer, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json` };
}

const bundled = priceListVersion();
afterEach(() => expect(bundled).toMatch(/^genai-prices \d/));

test.each([
  ['no JSON', 'oops'],
  ['no list', '{}'],
  ['one without our providers', JSON.stringify([provider('somebody-else', [model('other', 1)])])],
  ['one provider of three', JSON.stringify([newList[0]])],
  ['providers without models', JSON.stringify([provider('openai', []), newList[0], newList[2]])],
  ['a price below nothing', JSON.stringify([provider('openai', [model('gpt-5.4', -1)]), newList[0], newList[2]])],
  [
    'a price that is a text',
    JSON.stringify([provider('openai', [{ ...model('a', 1), prices: { input_mtok: '1' } }]), newList[0], newList[2]]),
  ],
])('what is no price list is refused: %s', async (_, body) => {
  expect(parsePriceList(body)).toBeUndefined();
  const file = path.join(tempFolder(), 'home', 'prices.json');
  const { url } = await serveList(200, body);
  await expect(fetchPrices(url, file)).rejects.toMatchObject({ code: 'prices_unavailable' });
  expect(existsSync(file)).toBe(false);
});

test('an address beyond this machine must be https', async () => {
  const refused = await fetchPrices('http://prices.example/data.json', '/nowhere').catch(wordsOf);
  expect(refused).toContain('it must come over https');
});

test('a list is asked for once a day, and a failure keeps the one before', async () => {
  const file = path.join(tempFolder(), 'prices.json');
  const { answer, url } = await serveList(500, 'down');
  const problems: string[] = [];
  const updated: number[] = [];
  const options = { url, file, onUpdated: () => updated.push(1), onProblem: keepWords(problems) };
  onTestFinished(keepPricesUpToDate(options));
  await waitFor(() => problems.length === 1, 'a problem');
  expect(problems[0]).toBe(
    'The price list was not updated: 127.0.0.1 answered with status 500. The previous one stays.',
  );
  Object.assign(answer, { status: 200, body: JSON.stringify(newList) });
  onTestFinished(keepPricesUpToDate(options));
  await waitFor(() => updated.length === 1, 'a list');
  expect(readPriceFile(file)?.providers.map(({ id }) => id)).toEqual(['anthropic', 'openai', 'x-ai']);
  const before = readFileSync(file, 'utf8');
  onTestFinished(keepPricesUpToDate(options));
  Object.assign(answer, { status: 200, body: 'garbage' });
  await expect(fetchPrices(url, file)).rejects.toMatchObject({ code: 'prices_unavailable' });
  expect(readFileSync(file, 'utf8')).toBe(before);
  // Twice by itself, once by hand: the third time it was up to date.
  expect(answer.asked).toBe(3);
});

test('a file of another release is passed over: that release has a list of its own', () => {
  const file = path.join(tempFolder(), 'prices.json');
  writeFileSync(file, JSON.stringify({ fetchedAt: Date.now(), bundled: 'genai-prices 0.0.1', providers: newList }));
  expect(loadPrices(file)).toBe(false);
  expect(priceListVersion()).toBe(bundled);
});

test('a file that lacks one of our providers is passed over: it is from before that one came', async () => {
  const file = path.join(tempFolder(), 'prices.json');
  const { url } = await serveList(200, JSON.stringify(newList));
  await fetchPrices(url, file);
  const fetched = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...fetched, providers: fetched.providers.slice(1) }));
  expect(readPriceFile(file)).toBeUndefined();
});

test('a fetched list prices what it knows, and its name stands with each cost', async () => {
  const file = path.join(tempFolder(), 'prices.json');
  const { url } = await serveList(200, JSON.stringify(newList));
  const usage = { inputTokens: 300_000, outputTokens: 0 };
  const record = exchangeRecord(1, { responseModel: 'gpt-new', requestModel: undefined, usage });
  expect(priceExchange(record).standing).toBe('unpriced');
  await fetchPrices(url, file);
  expect(loadPrices(file)).toBe(true);
  expect(priceExchange(record).cost).toEqual({
    costNanoUsd: 600_000_000,
    surchargeNanoUsd: 30_000_000,
    priceListVersion: `genai-prices of ${new Date().toISOString().slice(0, 10)}`,
  });
});

test('the built command: nothing is fetched unasked, then prices come and unpriced requests get theirs', {
  timeout: 60_000,
}, async () => {
  const { env } = await createSignedInHome();
  const { answer, url } = await serveList(200, JSON.stringify(newList));
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k', '--no-tui'], env);
  await (await chat({ url: await meshbar.url(), key: 'k', model: 'gpt-new', plan: 'input=1000;output=0' })).text();
  await meshbar.says(/gpt-new .* unpriced/);
  const without = await runMeshbar(['usage', 'reprice', '--dry-run'], env);
  expect(without.stdout).toBe(`1 request has no price, and the list knows none of their models. Prices: ${bundled}.\n`);
  expect(answer.asked).toBe(0);
  const dry = await runMeshbar(['usage', 'reprice', '--dry-run', '--update-prices', url], env);
  expect(dry.stdout).toMatch(
    /^1 of 1 requests without a price would have one now, \$0\.001 with the surcharge: gpt-new 1\. Nothing was changed\. Prices: genai-prices of \d/,
  );
  expect((await runHere(['usage'], env)).stdout).toContain('unpriced');
  expect(JSON.parse((await runMeshbar(['usage', 'reprice', '--json'], env)).stdout)).toMatchObject({ priced: 1 });
  expect((await runHere(['usage'], env)).stdout).not.toContain('unpriced');
  expect(answer.asked).toBe(1);
  answer.body = 'garbage';
  const bad = await runMeshbar(['usage', 'reprice', '--update-prices', url], env);
  expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('is not a price list. The previous one stays.')]);
  // The next proxy prices by it too.
  meshbar.kill('SIGTERM');
  await meshbar.ended;
  const next = startMeshbar(['proxy', '--port', '0', '--bearer', 'k', '--no-tui'], env);
  await (await chat({ url: await next.url(), key: 'k', model: 'gpt-new', plan: 'input=1000;output=0' })).text();
  await next.says(/gpt-new .* \$0\.001/);
});
