import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createLedger } from '../../../src/ledger/ledger.js';
import { createToday } from '../../../src/main/usage/today.js';
import type { ExchangeRecord, PricedExchange } from '../../../src/shared/usage.js';
import { tempFolder } from '../../helpers/temp-folder.js';
import { waitFor } from '../../helpers/wait-for.js';

const MIDNIGHT = new Date(2026, 5, 10).getTime();
const NEXT = new Date(2026, 5, 11).getTime();

let number = 0;
function record(startedAt: number): ExchangeRecord {
  number += 1;
  return {
    id: `x${number}`,
    startedAt,
    providerName: 'openai',
    tool: 'Codex',
    method: 'POST',
    path: '/v1/responses',
    transport: 'http',
    streaming: false,
    status: 200,
    responseModel: 'gpt-5.4',
    usage: { inputTokens: 100, outputTokens: 10 },
    usageStanding: 'measured',
    durationMs: 1,
    requestBytes: 1,
    responseBytes: 1,
    outcome: 'complete',
  };
}

async function openLedger(now: () => number) {
  const ledger = await createLedger({
    path: path.join(tempFolder(), 'ledger.sqlite'),
    workerUrl: pathToFileURL(path.resolve(import.meta.dirname, '../../../out/terminal/ledger-worker.js')),
    onProblem: () => {},
  });
  onTestFinished(() => ledger.close());
  const today = createToday(() => ledger, now);
  onTestFinished(() => today.close());
  const seen: PricedExchange[] = [];
  ledger.onAppended((records) => {
    seen.push(...records);
    today.add(records);
  });
  return { ledger, today, seen };
}

test('what was there and what comes are counted once, also what comes while the ledger is asked', async () => {
  const { ledger, today, seen } = await openLedger(() => MIDNIGHT + 1000);
  for (let i = 0; i < 10; i++) ledger.append(record(MIDNIGHT + i));
  // Began before midnight, whenever it ended.
  ledger.append(record(MIDNIGHT - 1));
  await ledger.flush();
  const refreshed = today.refresh();
  ledger.append(record(MIDNIGHT + 20));
  await refreshed;
  ledger.append(record(MIDNIGHT + 21));
  ledger.append(record(MIDNIGHT - 2));
  await ledger.flush();
  await waitFor(() => seen.length === 14, 'all records told');
  expect(today.totals).toMatchObject({ exchanges: 12, inputTokens: 1200, outputTokens: 120 });
  expect(today.totals).toEqual(await ledger.totals({ since: MIDNIGHT }));
});

test('after midnight the new day counts from its own records alone', async () => {
  let now = NEXT - 1000;
  const { ledger, today, seen } = await openLedger(() => now);
  ledger.append(record(NEXT - 2000));
  await ledger.flush();
  await today.refresh();
  expect(today.totals?.exchanges).toBe(1);
  now = NEXT + 1000;
  // One that began yesterday ends today, and one is today's.
  ledger.append(record(NEXT - 500));
  ledger.append(record(NEXT + 500));
  await ledger.flush();
  await waitFor(() => seen.length === 3 && today.totals?.exchanges === 1, 'the new day');
  expect(today.totals).toEqual(await ledger.totals({ since: NEXT }));
  ledger.append(record(NEXT + 600));
  await ledger.flush();
  await waitFor(() => seen.length === 4, 'the next record');
  expect(today.totals?.exchanges).toBe(2);
});

test('listeners are told of changes, and only of those', async () => {
  const { ledger, today } = await openLedger(() => MIDNIGHT + 1000);
  let told = 0;
  today.onChange(() => told++);
  await today.refresh();
  expect(told).toBe(1);
  today.add([{ ...record(MIDNIGHT - 1), standing: 'measured' }]);
  expect(told).toBe(1);
  await ledger.close();
  await today.refresh();
  expect(told).toBe(1);
});

test('nothing is claimed while the ledger does not answer, and what came meanwhile is counted when it does', async () => {
  const { ledger, today: other } = await openLedger(() => MIDNIGHT + 1000);
  other.close();
  let isAnswering = false;
  const totals: typeof ledger.totals = (query) =>
    isAnswering ? ledger.totals(query) : Promise.reject(new Error('no answer'));
  const shaky = { ...ledger, totals };
  const today = createToday(
    () => shaky,
    () => MIDNIGHT + 1000,
  );
  onTestFinished(() => today.close());
  ledger.onAppended((records) => today.add(records));
  await today.refresh();
  expect(today.totals).toBeUndefined();
  ledger.append(record(MIDNIGHT + 1));
  await ledger.flush();
  expect(today.totals).toBeUndefined();
  isAnswering = true;
  ledger.append(record(MIDNIGHT + 2));
  await waitFor(() => today.totals?.exchanges === 2, 'both records counted');
});

test('another ledger’s sums are not the old one’s, not even until it answers', async () => {
  const [demo, own] = [await openLedger(() => MIDNIGHT + 1000), await openLedger(() => MIDNIGHT + 1000)];
  let current = demo.ledger;
  const today = createToday(
    () => current,
    () => MIDNIGHT + 1000,
  );
  onTestFinished(() => today.close());
  demo.ledger.append(record(MIDNIGHT + 1));
  await demo.ledger.flush();
  await today.refresh();
  expect(today.totals).toMatchObject({ exchanges: 1 });
  current = own.ledger;
  const refreshed = today.refresh();
  expect(today.totals).toBeUndefined();
  await refreshed;
  expect(today.totals).toMatchObject({ exchanges: 0 });
});

test('after midnight nothing is claimed of the new day until the ledger has answered', async () => {
  let now = NEXT - 1000;
  const { ledger, today } = await openLedger(() => now);
  ledger.append(record(NEXT - 2000));
  await ledger.flush();
  await today.refresh();
  now = NEXT + 1000;
  await ledger.close();
  await today.refresh();
  expect(today.totals).toBeUndefined();
});
