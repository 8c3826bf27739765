import { expect, test } from 'vitest';
import { createBills, UnfilteredError } from '../../src/billing/bills.js';
import type { PricedExchange } from '../../src/shared/usage.js';
import { startBillingService, type UsageLine } from '../helpers/billing-service.js';
import { exchangeRecord } from '../helpers/exchange-record.js';

const ROWS: readonly UsageLine[] = [
  { type: 'input_tokens', total: 0.001, quantity: 10 },
  { type: 'llm_proxy_surcharge', total: 0.00005 },
];
const BILL = { costNanoUsd: 1_000_000, surchargeNanoUsd: 50_000, usage: { inputTokens: 10 } };
const cut = (n: number, fields: Partial<PricedExchange> = {}): PricedExchange => {
  return { ...exchangeRecord(n, { usageStanding: 'partial', labelled: true }), standing: 'partial', ...fields };
};

test('an exchange is asked about by its label, in its own project, in a time around it', async () => {
  const { account, asked } = await startBillingService(({ label }) => (label.startsWith('ex_') ? ROWS : []));
  const bills = createBills(account);
  const first = cut(1, { projectId: 'prj/other' });
  expect(await bills.billOf(first)).toEqual({ ...BILL, label: first.id });
  // Of a WebSocket's later response.
  expect(await bills.billOf(cut(2, { id: 'ex_2.3', projectId: 'prj/other' }))).toEqual({ ...BILL, label: 'ex_2' });
  expect(asked.map(({ projectId }) => projectId)).toEqual(['prj/other', 'prj/other', 'prj/other']);
  for (const { start, end } of asked) {
    expect(start).toBeLessThan(first.startedAt - 60_000);
    expect(end).toBeGreaterThan(first.startedAt + first.durationMs + 60_000);
  }
});

test('before the first bill is believed, a label that nothing has must get none in the same time', async () => {
  const { account, asked } = await startBillingService(({ label }) => (label.startsWith('ex_') ? ROWS : []));
  const bills = createBills(account);
  for (const n of [1, 2]) await bills.billOf(cut(n));
  await bills.billOf(cut(3, { projectId: 'prj_2' }));
  const kinds = asked.map(({ projectId, label }) => `${projectId} ${label.startsWith('control-') ? 'control' : label}`);
  expect(kinds).toEqual([
    'prj_1 ex_000000001',
    'prj_1 control',
    'prj_1 ex_000000002',
    'prj_2 ex_000000003',
    'prj_2 control',
  ]);
  const [question, control] = asked;
  expect([control?.start, control?.end]).toEqual([question?.start, question?.end]);
});

test('a service that passes labels over is not believed, and not asked again', async () => {
  const { account, asked } = await startBillingService(({ projectId }) => (projectId === 'prj_1' ? ROWS : []));
  const bills = createBills(account);
  await expect(bills.billOf(cut(1))).rejects.toBeInstanceOf(UnfilteredError);
  expect(asked).toHaveLength(2);
  await expect(bills.billOf(cut(2))).rejects.toBeInstanceOf(UnfilteredError);
  expect(asked).toHaveLength(2);
  expect(await bills.billOf(cut(3, { projectId: 'prj_2' }))).toBeUndefined();
});

test('no rows are no bill, and say nothing about the labels', async () => {
  const answers: (readonly UsageLine[])[] = [[], ROWS, []];
  const { account, asked } = await startBillingService(() => answers.shift() ?? ROWS);
  const bills = createBills(account);
  expect(await bills.billOf(cut(1))).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(await bills.billOf(cut(1))).toMatchObject(BILL);
  expect(asked).toHaveLength(3);
});

test.each([
  [403, 'account_forbidden'],
  [401, 'account_unavailable'],
  [500, 'account_unavailable'],
])('status %d is no bill of $0', async (status, code) => {
  const { account } = await startBillingService(() => status);
  await expect(createBills(account).billOf(cut(1))).rejects.toMatchObject({ code });
});
