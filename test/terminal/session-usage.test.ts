import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createLedger } from '../../src/ledger/ledger.js';
import type { PricedExchange } from '../../src/shared/usage.js';
import { watchUsage } from '../../src/terminal/session-usage.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { LEDGER_WORKER } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

test('a bill changes the sums of this session, and those of no earlier one', async () => {
  const ledger = await createLedger({
    path: path.join(tempFolder(), 'ledger.sqlite'),
    workerUrl: pathToFileURL(LEDGER_WORKER),
    onProblem: () => {},
  });
  onTestFinished(() => ledger.close());
  const cut = { usageStanding: 'partial', outcome: 'interrupted', labelled: true } as const;
  const left = exchangeRecord(1, { ...cut, startedAt: Date.now() - 60_000 });
  ledger.append(left);
  await ledger.flush();
  const usage = watchUsage(ledger);
  let told = 0;
  usage.onRecords(() => {
    told += 1;
  });
  const record = exchangeRecord(2, { ...cut, startedAt: Date.now() });
  ledger.append(record);
  await waitFor(() => usage.totals.exchanges === 1, 'it is counted');
  const bill = { costNanoUsd: 9_000_000, surchargeNanoUsd: 450_000, usage: { inputTokens: 77, outputTokens: 7 } };
  await ledger.settle({ ...bill, label: left.id });
  expect(usage.totals.standings).toMatchObject({ partial: 1, billed: 0 });
  await ledger.settle({ ...bill, label: record.id });
  const sums = { exchanges: 1, interrupted: 1, inputTokens: 77, costNanoUsd: 9_000_000, surchargeNanoUsd: 450_000 };
  expect(usage.totals).toMatchObject({ ...sums, standings: { partial: 0, billed: 1 } });
  expect(usage.models).toMatchObject([{ ...sums, key: 'gpt-5.4-mini', standings: { partial: 0, billed: 1 } }]);
  expect(usage.latest).toMatchObject([{ id: record.id, standing: 'billed', usage: { inputTokens: 77 } }]);
  expect(told).toBe(2);
});

test('for who shows each exchange as it comes none are kept, and all are counted', () => {
  let append: (records: readonly PricedExchange[]) => void = () => {};
  const usage = watchUsage({
    onAppended(listener) {
      append = listener;
      return () => {};
    },
    onSettled: () => () => {},
  });
  const priced = (n: number) => ({ ...exchangeRecord(n), standing: 'unpriced' }) as const;
  append([priced(1)]);
  expect(usage.latest).toHaveLength(1);
  usage.forgetLatest();
  append([priced(2)]);
  expect(usage.latest).toEqual([]);
  expect(usage.totals.exchanges).toBe(2);
});
