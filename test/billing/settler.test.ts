import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createBills } from '../../src/billing/bills.js';
import { startSettler } from '../../src/billing/settler.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { type AnswerUsage, startBillingService, type UsageLine } from '../helpers/billing-service.js';
import { keepWords } from '../helpers/error-words.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { LEDGER_WORKER } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const TIMES = { waits: [40, 80, 120, 160, 200, 240], gap: 5, failed: 50, forbidden: 50 };
const DAY = 86_400_000;
const rows = (total: number): UsageLine[] => [{ type: 'output_tokens', total, quantity: 10 }];
const isControl = (label: string) => label.startsWith('control-');

/** A ledger, a service that answers as told, and a settler between them. */
async function settling(answer: AnswerUsage, { before = [] as ExchangeRecord[] } = {}) {
  const problems: string[] = [];
  const onProblem = keepWords(problems);
  const ledger = await createLedger({
    path: path.join(tempFolder(), 'ledger.sqlite'),
    workerUrl: pathToFileURL(LEDGER_WORKER),
    onProblem,
  });
  onTestFinished(() => ledger.close());
  for (const record of before) ledger.append(record);
  await ledger.flush();
  const service = await startBillingService(answer);
  const stop = startSettler({ ledger, bills: createBills(service.account), onProblem, times: TIMES });
  onTestFinished(stop);
  const asksFor = (id: string) => service.asked.filter(({ label }) => label === id).length;
  const exchange = async (id: string) => (await ledger.latest({ limit: 99 })).find((record) => record.id === id);
  return { ledger, service, problems, stop, asksFor, exchange };
}

function cut(n: number, fields: Partial<ExchangeRecord> = {}): ExchangeRecord {
  const startedAt = Date.now();
  return exchangeRecord(n, { startedAt, durationMs: 0, usageStanding: 'partial', labelled: true, ...fields });
}

test('what was cut is settled once two asks agree, and what is sure is never asked about', async () => {
  const { ledger, asksFor, service, exchange } = await settling(({ label }) => (isControl(label) ? [] : rows(0.002)));
  const [unsure, sure, plain] = [cut(1), cut(2, { usageStanding: 'measured' }), cut(3, { labelled: undefined })];
  for (const record of [unsure, sure, plain]) ledger.append(record);
  await waitFor(async () => (await exchange(unsure.id))?.standing === 'billed', 'it is settled');
  expect(asksFor(unsure.id)).toBe(2);
  expect(await exchange(unsure.id)).toMatchObject({ cost: { costNanoUsd: 2_000_000, surchargeNanoUsd: 0 } });
  expect([asksFor(sure.id), asksFor(plain.id)]).toEqual([0, 0]);
  expect(service.asked).toHaveLength(3);
});

test('a bill that still grows is asked for again', async () => {
  const totals = [0.001, 0.002, 0.003, 0.003, 0.004];
  const { ledger, asksFor, exchange } = await settling(({ label }) =>
    isControl(label) ? [] : rows(totals.shift() as number),
  );
  const record = cut(1);
  ledger.append(record);
  await waitFor(async () => (await exchange(record.id))?.standing === 'billed', 'it is settled');
  expect(await exchange(record.id)).toMatchObject({ cost: { costNanoUsd: 3_000_000 } });
  expect(asksFor(record.id)).toBe(4);
});

test('what has no bill stays as it is, is asked about again, and then given up', async () => {
  const { ledger, asksFor, exchange } = await settling(() => []);
  const [first, later] = [cut(1), cut(2)];
  ledger.append(first);
  await waitFor(() => asksFor(first.id) === TIMES.waits.length, 'it was asked about as often as it may be');
  ledger.append(later);
  await waitFor(() => asksFor(later.id) === TIMES.waits.length, 'so was the next one');
  expect(asksFor(first.id)).toBe(TIMES.waits.length);
  expect(await exchange(first.id)).toMatchObject({
    standing: 'partial',
    cost: { priceListVersion: expect.any(String) },
  });
});

test('a bill that comes and goes is none', async () => {
  let asks = 0;
  const { ledger, asksFor, exchange } = await settling(({ label }) => {
    if (isControl(label)) return [];
    asks += 1;
    return asks % 2 === 0 ? rows(0.002) : [];
  });
  const record = cut(1);
  ledger.append(record);
  await waitFor(() => asksFor(record.id) === TIMES.waits.length, 'it was asked about as often as it may be');
  expect(await exchange(record.id)).toMatchObject({ standing: 'partial' });
});

test('where labels are passed over nothing is settled, which is said once', async () => {
  const { ledger, service, problems, exchange } = await settling(() => rows(0.002));
  const records = [cut(1), cut(2), cut(3, { projectId: 'prj_2' })];
  for (const record of records) ledger.append(record);
  await waitFor(() => problems.length === 2, 'both projects are told of');
  expect(problems.toSorted()).toEqual(
    ['prj_1', 'prj_2'].map(
      (id) =>
        `Requests that were cut off can’t be settled in the project ${id}: MeshAgent does not tell usage apart by request.`,
    ),
  );
  expect(service.asked).toHaveLength(4);
  for (const { id } of records) expect(await exchange(id)).toMatchObject({ standing: 'partial' });
});

test('a refusal is told once for each project, and tried again later', async () => {
  let isForbidden = true;
  const { ledger, problems, asksFor, exchange } = await settling(({ label }) => {
    if (isForbidden) return 403;
    return isControl(label) ? [] : rows(0.002);
  });
  const records = [cut(1), cut(2)];
  for (const record of records) ledger.append(record);
  await waitFor(() => asksFor(records[0]?.id ?? '') + asksFor(records[1]?.id ?? '') >= 4, 'it was tried again');
  isForbidden = false;
  for (const { id } of records) {
    await waitFor(async () => (await exchange(id))?.standing === 'billed', `${id} is settled`);
  }
  expect(problems).toEqual([
    'Requests that were cut off can’t be settled in the project prj_1: MeshAgent does not let you see this.',
  ]);
});

test('a project that does not answer keeps no other waiting, and says nothing', async () => {
  const { ledger, problems, exchange } = await settling(({ label, projectId }) => {
    if (projectId === 'prj_gone') return 404;
    return isControl(label) ? [] : rows(0.002);
  });
  const [gone, fine] = [cut(1, { projectId: 'prj_gone' }), cut(2)];
  for (const record of [gone, fine]) ledger.append(record);
  await waitFor(async () => (await exchange(fine.id))?.standing === 'billed', 'the other is settled');
  expect(await exchange(gone.id)).toMatchObject({ standing: 'partial' });
  expect(problems).toEqual([]);
});

test('what an earlier process left is settled by the next', async () => {
  const [left, old] = [cut(1, { startedAt: Date.now() - DAY }), cut(2, { startedAt: Date.now() - 8 * DAY })];
  const { asksFor, exchange } = await settling(({ label }) => (isControl(label) ? [] : rows(0.002)), {
    before: [left, old],
  });
  await waitFor(async () => (await exchange(left.id))?.standing === 'billed', 'it is settled');
  // Older than a week: left to the command.
  expect(asksFor(old.id)).toBe(0);
});

test('stopped, it asks no more', async () => {
  // In the middle of a question: no other is on its way then.
  let onAsked = () => {};
  const { ledger, stop, service, exchange } = await settling(({ label }) => {
    onAsked();
    return isControl(label) ? [] : rows(0.002);
  });
  onAsked = stop;
  const record = cut(1);
  ledger.append(record);
  await waitFor(() => service.asked.length > 0, 'it was asked about');
  ledger.append(cut(2));
  await ledger.flush();
  // Long past every wait of both.
  await waitFor(() => Date.now() > record.startedAt + 1000 + 4 * (TIMES.waits.at(-1) as number), 'the time has passed');
  expect(service.asked).toHaveLength(1);
  expect(await exchange(record.id)).toMatchObject({ standing: 'partial' });
});
