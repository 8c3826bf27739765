/**
 * The ledger's sum is what the service billed, exactly, whatever goes wrong on the way. `SOAK_EXCHANGES=10000` takes as
 * many exchanges, SOAK_SEED another course of events.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../../src/ledger/reader.js';
import { SURCHARGE_RATE } from '../../src/pricing/pricing.js';
import type { ReconciledUsage } from '../../src/shared/reconciliation.js';
import type { PricedExchange } from '../../src/shared/usage.js';
import type { BilledExchange } from '../../src/simulator/billing.js';
import { createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';
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
/** A twentieth in whole numbers; a half goes to the even neighbour. */
function surchargeOf(nanoUsd: number): number {
  const whole = Math.floor(nanoUsd / 20);
  const rest = nanoUsd % 20;
  return rest > 10 || (rest === 10 && whole % 2 === 1) ? whole + 1 : whole;
}

function byNumber<T>(values: readonly T[], numberOf: (value: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const n = numberOf(value) ?? 'none';
    groups.set(n, [...(groups.get(n) ?? []), value]);
  }
  return groups;
}

/** Sends all exchanges through a proxy, and ends it. */
async function sendAll(...options: readonly string[]) {
  const { env, simulator } = await createSignedInHome();
  const fixed = ['--port', '0', '--bearer', 'soak', '--no-tui', '--drain', '30'];
  const meshbar = startMeshbar(['proxy', ...fixed, ...options], env);
  const target = { url: await meshbar.url(), key: 'soak' };
  let next = 0;
  const client = async () => {
    for (let n = next++; n < EXCHANGES; n = next++) await sendOne(target, n, seeded(SEED * 1_000_003 + n));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  meshbar.kill('SIGTERM');
  expect((await meshbar.ended).code).toBe(0);
  return { env, simulator };
}

function readLedger(env: Record<string, string>) {
  const reader = openReader(path.join(env.MESHBAR_HOME as string, 'ledger.sqlite'));
  const records = reader?.latest({ limit: EXCHANGES * 10 }) ?? [];
  const totals = reader?.totals({});
  reader?.close();
  return { records, totals };
}

const TIMEOUT = { timeout: 30_000 + EXCHANGES * 100 };

test('the ledger holds what was billed, to the billionth of a dollar', TIMEOUT, async () => {
  const { env, simulator } = await sendAll();
  const { records, totals } = readLedger(env);
  const billed = byNumber<BilledExchange>(simulator.billed, ({ annotations }) => annotations.soak);
  const recorded = byNumber<PricedExchange>(records, ({ toolVersion }) => toolVersion);

  /** Bills in nano-USD and what the ledger has for them: measured; cut or without a report; sent twice by the proxy. */
  const whole = { exchanges: 0, billed: 0, ledger: 0, surchargeBilled: 0, surchargeLedger: 0 };
  const cut = { exchanges: 0, bills: 0, billed: 0, ledger: 0 };
  const twice = { exchanges: 0, bills: 0, billed: 0, ledger: 0 };
  const wrong: string[] = [];
  for (const n of new Set([...billed.keys(), ...recorded.keys()])) {
    const bills = billed.get(n) ?? [];
    const seen = (recorded.get(n) ?? []).filter(({ standing }) => standing !== 'none');
    if (bills.length + seen.length === 0) continue;
    const isWhole = seen.length > 0 && seen.every(({ standing }) => standing === 'measured');
    const again = seen.filter(({ sentTwice }) => sentTwice).length;
    const costs = bills.map((bill, i) => nanoOf(bill.costUsd, seen[i]?.cost?.costNanoUsd));
    const ledger = sum(seen.map(({ cost }) => cost?.costNanoUsd ?? 0));
    const kind = isWhole ? whole : again > 0 ? twice : cut;
    kind.exchanges += seen.length;
    kind.billed += sum(costs);
    kind.ledger += ledger;
    if (isWhole) {
      whole.surchargeBilled += sum(costs.map(surchargeOf));
      whole.surchargeLedger += sum(seen.map(({ cost }) => cost?.surchargeNanoUsd ?? 0));
    } else (again > 0 ? twice : cut).bills += bills.length;
    // One bill for each that may have cost something; of one that was sent twice nobody knows whether both, or any, cost.
    const isCounted = Math.abs(bills.length - seen.length) <= again;
    // What was cut on the way is what the service saw break, unless the client left while the last bytes were passing.
    const broken = bills.filter(({ outcome }) => outcome === 'interrupted').length;
    const unsure = seen.filter(({ standing }) => standing !== 'measured').length;
    const isSure = again > 0 || seen.some(({ errorType }) => errorType === 'client_abort') || broken === unsure;
    // One that was cut may have cost more than was seen, and says so; it never cost less.
    if (isCounted && isSure && (isWhole ? ledger === sum(costs) : ledger <= sum(costs))) continue;
    const records = seen.map(({ path, outcome, errorType, standing }) => [path, outcome, errorType, standing]);
    wrong.push(`${n}: billed ${costs}, ${broken} of them broken; in the ledger ${ledger}: ${JSON.stringify(records)}`);
  }
  expect(wrong).toEqual([]);
  expect([whole.ledger, whole.surchargeLedger]).toEqual([whole.billed, whole.surchargeBilled]);
  // Nothing is in the ledger that was not billed, and its sums are those of its records.
  expect(totals?.costNanoUsd).toBe(whole.ledger + cut.ledger + twice.ledger);
  expect(totals?.exchanges).toBe(records.length);
  const { measured = 0, partial = 0, unmetered = 0, unpriced } = totals?.standings ?? {};
  expect([measured + partial + unmetered, unpriced]).toEqual([whole.exchanges + cut.exchanges + twice.exchanges, 0]);
  expect(whole.exchanges).toBeGreaterThan(EXCHANGES / 2);
  expect(cut.exchanges).toBeGreaterThan(0);

  // What was not seen is what the service billed more, and the reasons say so.
  const compared = await runMeshbar(['usage', '--billed', '--since', '24h', '--json'], env);
  const { rows } = JSON.parse(compared.stdout) as { rows: ReconciledUsage[] };
  const unseen = cut.billed + twice.billed - cut.ledger - twice.ledger;
  const difference = sum(rows.map(({ differenceNanoUsd, billedNanoUsd }) => differenceNanoUsd ?? billedNanoUsd ?? 0));
  // The surcharge is rounded for each exchange here and for none there.
  expect(Math.abs(difference - unseen * (1 + SURCHARGE_RATE))).toBeLessThan(records.length);
  for (const { differenceNanoUsd, reasons } of rows) {
    if (differenceNanoUsd === undefined || differenceNanoUsd > 1000)
      expect(reasons.join(' ')).toMatch(/partial|unmetered/);
    expect(reasons).not.toContain('other_machines');
  }
  if (process.env.SOAK_EXCHANGES)
    console.log(
      JSON.stringify({ records: records.length, whole, cut, twice, difference, standings: totals?.standings }),
    );
});

test('settled, its sum is the sum of all bills, whatever went wrong', TIMEOUT, async () => {
  const { env, simulator } = await sendAll('--settle');
  const before = readLedger(env);
  const { stdout } = await runMeshbar(['usage', 'settle', '--older-than', '0s', '--json'], env);
  const outcome = JSON.parse(stdout) as { unsure: number; settled: number; withoutBill: number; inseparable: number };
  const { records, totals } = readLedger(env);

  const bills = byNumber<BilledExchange>(simulator.billed, ({ annotations }) => annotations['meshbar-exchange']);
  const unsure = (all: readonly PricedExchange[]) =>
    all.filter(({ standing }) => ['partial', 'unpriced', 'unmetered'].includes(standing));
  expect(outcome).toMatchObject({ unsure: unsure(before.records).length, inseparable: 0 });
  // What was not billed at all stays as it was: nobody said that it was free.
  expect(unsure(records).filter(({ id }) => bills.has(id))).toEqual([]);
  expect(outcome.withoutBill).toBe(unsure(records).length);
  expect(outcome.settled).toBe(totals?.standings.billed);
  expect(outcome.settled).toBeGreaterThan(0);

  const billed = {
    cost: sum(simulator.billed.map(({ costUsd }) => costUsd)),
    surcharge: sum(simulator.billed.map(({ surchargeUsd }) => surchargeUsd)),
  };
  const ledger = { cost: (totals?.costNanoUsd ?? 0) / 1e9, surcharge: (totals?.surchargeNanoUsd ?? 0) / 1e9 };
  if (process.env.SOAK_EXCHANGES)
    console.log(JSON.stringify({ records: records.length, bills: simulator.billed.length, outcome, billed, ledger }));
  expect(Math.abs(ledger.cost - billed.cost)).toBeLessThan(1e-7);
  expect(Math.abs(ledger.cost + ledger.surcharge - billed.cost - billed.surcharge)).toBeLessThan(1e-7);
});
