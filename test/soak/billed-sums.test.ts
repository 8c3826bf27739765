/**
 * The ledger's sum is what the service billed, exactly, whatever goes wrong on the way. `SOAK_EXCHANGES=10000` takes as
 * many exchanges, SOAK_SEED another course of events.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../../src/core/ledger/reader.js';
import { SURCHARGE_RATE } from '../../src/core/meter/pricing.js';
import type { PricedExchange } from '../../src/shared/usage.js';
import type { BilledExchange } from '../../src/simulator/billing.js';
import { createSignedInHome, startMeshbar } from '../helpers/terminal.js';
import { seeded, sendOne } from './traffic.js';

const EXCHANGES = Number(process.env.SOAK_EXCHANGES ?? 300);
const SEED = Number(process.env.SOAK_SEED ?? 1);
const CLIENTS = 16;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** Half a billionth rounds up or down, as the last bit of a sum has it: then either is right. */
function nanoOf(usd: number, either?: number): number {
  const exact = usd * 1e9;
  return either !== undefined && Math.abs(Math.abs(exact - either) - 0.5) < 1e-4 ? either : Math.round(exact);
}
const surchargeOf = (nanoUsd: number) => Math.round(nanoUsd * SURCHARGE_RATE);

function byNumber<T>(values: readonly T[], numberOf: (value: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const n = numberOf(value) ?? 'none';
    groups.set(n, [...(groups.get(n) ?? []), value]);
  }
  return groups;
}

test('the ledger holds what was billed, to the billionth of a dollar', {
  timeout: 30_000 + EXCHANGES * 100,
}, async () => {
  const { env, simulator } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'soak', '--no-tui', '--drain', '30'], env);
  const target = { url: await meshbar.url(), key: 'soak' };
  let next = 0;
  const client = async () => {
    for (let n = next++; n < EXCHANGES; n = next++) await sendOne(target, n, seeded(SEED * 1_000_003 + n));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  meshbar.kill('SIGTERM');
  expect((await meshbar.ended).code).toBe(0);

  const reader = openReader(path.join(env.MESHBAR_HOME as string, 'ledger.sqlite'));
  const records = reader?.latest({ limit: EXCHANGES * 10 }) ?? [];
  const totals = reader?.totals({});
  reader?.close();
  const billed = byNumber<BilledExchange>(simulator.billed, ({ annotations }) => annotations.soak);
  const recorded = byNumber<PricedExchange>(records, ({ toolVersion }) => toolVersion);

  /** Bills in nano-USD and what the ledger has for them: measured, cut, or sent again by the proxy after no answer. */
  const whole = { exchanges: 0, billed: 0, ledger: 0, surchargeBilled: 0, surchargeLedger: 0 };
  const cut = { exchanges: 0, billed: 0, ledger: 0 };
  const resent = { exchanges: 0, billed: 0 };
  const wrong: string[] = [];
  for (const [n, all] of billed) {
    const seen = recorded.get(n) ?? [];
    const isWhole = seen.length > 0 && seen.every(({ standing }) => standing === 'measured' || standing === 'none');
    // A connection that broke before a word of the answer: the proxy sent the request again, and it was billed twice.
    const bills = isWhole ? all.filter(({ outcome }) => outcome !== 'interrupted') : all;
    const costs = bills.map((bill, i) => nanoOf(bill.costUsd, seen[i]?.cost?.costNanoUsd));
    const ledger = sum(seen.map(({ cost }) => cost?.costNanoUsd ?? 0));
    if (isWhole) {
      whole.exchanges += bills.length;
      whole.billed += sum(costs);
      whole.ledger += ledger;
      whole.surchargeBilled += sum(costs.map(surchargeOf));
      whole.surchargeLedger += sum(seen.map(({ cost }) => cost?.surchargeNanoUsd ?? 0));
      resent.exchanges += all.length - bills.length;
      resent.billed +=
        sum(all.map(({ costUsd }) => nanoOf(costUsd))) - sum(bills.map(({ costUsd }) => nanoOf(costUsd)));
    } else {
      cut.exchanges += bills.length;
      cut.billed += sum(costs);
      cut.ledger += ledger;
    }
    // One that was cut may have cost more than was seen, and says so; it never cost less.
    if (isWhole ? ledger === sum(costs) : ledger <= sum(costs)) continue;
    wrong.push(
      `${n}: billed ${costs}, in the ledger ${seen.map(({ path, outcome, standing }) => [path, outcome, standing])}`,
    );
  }
  expect(wrong).toEqual([]);
  expect([whole.ledger, whole.surchargeLedger]).toEqual([whole.billed, whole.surchargeBilled]);
  // Nothing is in the ledger that was not billed, and its sums are those of its records.
  expect(totals?.costNanoUsd).toBe(whole.ledger + cut.ledger);
  expect(totals?.exchanges).toBe(records.length);
  expect(records.filter(({ standing }) => standing === 'unpriced')).toEqual([]);
  expect(whole.exchanges).toBeGreaterThan(EXCHANGES / 2);
  expect(cut.exchanges).toBeGreaterThan(0);
  if (process.env.SOAK_EXCHANGES)
    console.log(JSON.stringify({ records: records.length, whole, cut, resent, standings: totals?.standings }));
});
