import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createLedger } from '../../src/ledger/ledger.js';
import { createBudgetBook } from '../../src/limits/budget-book.js';
import { budgetPeriodAt } from '../../src/limits/budget-period.js';
import { createBudgets } from '../../src/limits/budgets.js';
import { createKeys } from '../../src/limits/keys.js';
import type { BudgetState } from '../../src/shared/budgets.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { keepWords } from '../helpers/error-words.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { priceExchange } from '../helpers/price-exchange.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { LEDGER_WORKER } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const NOON = new Date(2026, 10, 24, 12).getTime();
const PROJECT = { projectId: 'prj_1' };

/** What one exchange costs, surcharge included. */
const [COST] = [exchangeRecord(0)].map((record) => {
  const { cost } = priceExchange(record);
  if (!cost) throw new Error('It has a price.');
  return cost.costNanoUsd + cost.surchargeNanoUsd;
}) as [number];

/** Budgets on a real ledger; `open` gives those of another process, as it were, on the same files. */
async function makeBudgets() {
  const folder = tempFolder();
  const clock = { at: NOON };
  const problems: string[] = [];
  let count = 0;
  const onProblem = keepWords(problems);
  const now = () => clock.at;

  async function open(pollMs = 600_000) {
    const ledger = await createLedger({
      path: path.join(folder, 'ledger.sqlite'),
      workerUrl: pathToFileURL(LEDGER_WORKER),
      onProblem,
    });
    const keys = createKeys({ path: path.join(folder, 'keys.json'), onProblem, now });
    const book = createBudgetBook({ path: path.join(folder, 'budgets.json'), keys, onProblem, now });
    const budgets = createBudgets({ book, ledger, onProblem, now, pollMs });
    onTestFinished(async () => {
      budgets.close();
      await ledger.close();
    });
    const alerts: string[] = [];
    budgets.onAlert(({ id, level }) => alerts.push(`${id} ${level}`));
    await budgets.ready();
    /** Exchanges that have ended and are recorded. */
    async function spend(...all: Partial<ExchangeRecord>[]) {
      for (const fields of all) {
        count += 1;
        const { usage } = exchangeRecord(0);
        ledger.append({ ...exchangeRecord(count), startedAt: clock.at, usage, ...fields });
      }
      await ledger.flush();
    }
    const state = (id: string) => budgets.states.find((one) => one.id === id) as BudgetState;
    return { budgets, keys, book, ledger, spend, state, alerts };
  }
  return { ...(await open()), open, clock, problems };
}

const ALL_DAY = { scope: { kind: 'all' }, period: 'day', hardStop: true } as const;

test('what the ledger held before is spent, and what comes is counted on', async () => {
  const { budgets, spend, state, open } = await makeBudgets();
  await spend({}, {}, { startedAt: NOON - 86_400_000 });
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 10 });
  expect(state('all-day').spentNanoUsd).toBe(COST * 2);
  await spend({});
  expect(state('all-day').spentNanoUsd).toBe(COST * 3);
  expect((await open()).state('all-day').spentNanoUsd).toBe(COST * 3);
});

test('what a bill says of an exchange is spent, in place of what was seen of it', async () => {
  const { budgets, ledger, spend, state } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 3 });
  await spend({}, { id: 'cut', usageStanding: 'partial', labelled: true });
  expect(state('all-day')).toMatchObject({ spentNanoUsd: COST * 2, partial: 1, stopped: false });
  await ledger.settle({ label: 'cut', costNanoUsd: COST * 2, surchargeNanoUsd: 0 });
  await waitFor(() => state('all-day').spentNanoUsd === COST * 3, 'the bill is spent');
  expect(state('all-day')).toMatchObject({ partial: 0, stopped: true });
});

test('a hard stop refuses what comes when the budget is used up, and counts it', async () => {
  const { budgets, spend, state } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 2 });
  expect(await budgets.admit(PROJECT)).toBeUndefined();
  await spend({}, {});
  expect(budgets.admit(PROJECT)).toMatchObject({ id: 'all-day', stopped: true, refused: 1 });
  expect(budgets.admit(PROJECT)).toMatchObject({ refused: 2 });
  expect(state('all-day')).toMatchObject({ stopped: true, refused: 2 });
});

test('what was refused and may be billed alerts, and stops nothing until a bill says so', async () => {
  const { budgets, ledger, spend, state, alerts, open } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 2 });
  await spend({}, { id: 'refused', usageStanding: 'refused', labelled: true });
  expect(state('all-day')).toMatchObject({ spentNanoUsd: COST, possibleNanoUsd: COST, level: 100, stopped: false });
  expect(budgets.admit(PROJECT)).toBeUndefined();
  expect(alerts).toEqual(['all-day 100']);
  // As a process that comes later reads it from the ledger.
  expect((await open()).state('all-day')).toMatchObject({ spentNanoUsd: COST, possibleNanoUsd: COST, level: 100 });
  await ledger.settle({ label: 'refused', costNanoUsd: COST, surchargeNanoUsd: 0 });
  await waitFor(() => state('all-day').spentNanoUsd === COST * 2, 'the bill is spent');
  expect(state('all-day')).toMatchObject({ possibleNanoUsd: 0, stopped: true });
});

test('without a hard stop everything passes', async () => {
  const { budgets, spend, state } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, hardStop: false, amountNanoUsd: COST });
  await spend({}, {});
  expect(budgets.admit(PROJECT)).toBeUndefined();
  expect(state('all-day')).toMatchObject({ level: 100, stopped: false });
});

test('lifted, it lets pass until the period ends', async () => {
  const { budgets, spend, clock } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST });
  await spend({});
  const { until } = await budgets.lift('all-day');
  expect(until).toBe(budgetPeriodAt(NOON, 'day').end);
  expect(budgets.admit(PROJECT)).toBeUndefined();
  clock.at = until;
  await spend({});
  expect(await budgets.admit(PROJECT)).toMatchObject({ id: 'all-day' });
});

test('raised, it stops at the new amount, also where it had been lifted', async () => {
  const { budgets, spend } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST });
  await spend({});
  await budgets.lift('all-day');
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 2 });
  expect(budgets.admit(PROJECT)).toBeUndefined();
  await spend({});
  expect(budgets.admit(PROJECT)).toMatchObject({ amountNanoUsd: COST * 2 });
});

test('a new day begins with nothing spent; what began before midnight counts there', async () => {
  const { budgets, spend, state, clock } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST });
  await spend({});
  expect(budgets.admit(PROJECT)).toBeDefined();
  clock.at = budgetPeriodAt(NOON, 'day').end;
  expect(await budgets.admit(PROJECT)).toBeUndefined();
  await spend({ startedAt: clock.at - 1 });
  expect(state('all-day')).toMatchObject({ spentNanoUsd: 0, refused: 0, periodStart: clock.at });
  await spend({});
  expect(state('all-day').spentNanoUsd).toBe(COST);
});

test('each alert is told once a period, and none that was reached before', async () => {
  const { budgets, spend, alerts, clock } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 10 });
  await spend({}, {}, {}, {}, {});
  expect(alerts).toEqual(['all-day 50']);
  await spend({}, {}, {}, {});
  await spend({}, {});
  expect(alerts).toEqual(['all-day 50', 'all-day 80', 'all-day 100']);
  await budgets.set({ scope: { kind: 'all' }, period: 'month', hardStop: false, amountNanoUsd: COST * 11 });
  await spend({});
  expect(alerts).toHaveLength(3);
  clock.at = budgetPeriodAt(NOON, 'day').end;
  await spend({}, {}, {}, {}, {});
  expect(alerts.slice(3)).toEqual(['all-day 50']);
});

test('a project’s budget counts and stops that project alone', async () => {
  const { budgets, spend, state } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, scope: { kind: 'project', projectId: 'prj_2' }, amountNanoUsd: COST });
  await spend({}, { projectId: 'prj_2' });
  expect(state('prj_2-day').spentNanoUsd).toBe(COST);
  expect(budgets.admit(PROJECT)).toBeUndefined();
  expect(budgets.admit({ projectId: 'prj_2' })).toMatchObject({ id: 'prj_2-day' });
});

test('a key’s limit counts and stops that key alone, whichever process set it', async () => {
  const { budgets, keys, spend, state, open } = await makeBudgets();
  const { info } = await (await open()).keys.create({ label: 'ci', limit: { limitNanoUsd: COST, period: 'day' } });
  expect(await budgets.admit({ ...PROJECT, keyId: info.id })).toBeUndefined();
  await spend({}, { keyId: info.id });
  expect(state(info.id)).toMatchObject({ spentNanoUsd: COST, scope: { label: 'ci' } });
  expect(budgets.admit({ ...PROJECT, keyId: info.id })).toMatchObject({ id: info.id });
  expect(budgets.admit({ ...PROJECT, keyId: 'key_another1' })).toBeUndefined();
  expect(budgets.admit(PROJECT)).toBeUndefined();
  await budgets.lift('ci');
  expect(budgets.admit({ ...PROJECT, keyId: info.id })).toBeUndefined();
  await keys.revoke('ci');
  expect(budgets.states).toEqual([]);
});

test('what has no known cost is beside the sum', async () => {
  const { budgets, spend, state } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 2 });
  await spend(
    { responseModel: 'nobody-knows-it', requestModel: 'nobody-knows-it' },
    { usage: undefined, usageStanding: 'unmetered' },
    { usageStanding: 'partial', outcome: 'interrupted' },
    { usage: undefined, usageStanding: 'none' },
  );
  expect(state('all-day')).toMatchObject({ spentNanoUsd: COST, unknown: 2, partial: 1 });
});

test('what another process spends counts after the next poll', async () => {
  const { budgets, open } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST });
  const polling = await open(20);
  const other = await open();
  await other.spend({});
  await waitFor(() => polling.state('all-day').spentNanoUsd === COST, 'the other process’s exchange to count');
  expect(polling.budgets.admit(PROJECT)).toMatchObject({ id: 'all-day' });
  expect(polling.alerts).toEqual(['all-day 100']);
});

test('a budget that another process sets or lifts holds from the next request on', async () => {
  const { budgets, spend, open } = await makeBudgets();
  const { book } = await open();
  await spend({});
  expect(budgets.admit(PROJECT)).toBeUndefined();
  await book.set({ ...ALL_DAY, amountNanoUsd: COST });
  expect(await budgets.admit(PROJECT)).toMatchObject({ id: 'all-day' });
  await book.lift('all-day');
  expect(budgets.admit(PROJECT)).toBeUndefined();
});

test('where the ledger does not answer, requests pass, and it is said once', async () => {
  const { budgets, ledger, problems } = await makeBudgets();
  await ledger.close();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST });
  expect(await budgets.admit(PROJECT)).toBeUndefined();
  await budgets.set({ ...ALL_DAY, period: 'week', amountNanoUsd: COST });
  expect(problems).toEqual([expect.stringMatching(/budgets is not known/)]);
});

test('changes are told together', async () => {
  const { budgets, spend } = await makeBudgets();
  const told: (number | undefined)[] = [];
  budgets.onChange(([state]) => told.push(state?.spentNanoUsd));
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST });
  await waitFor(() => told.length > 0, 'the change');
  const before = told.length;
  await spend(...Array.from({ length: 50 }, () => ({})));
  await waitFor(() => told.at(-1) === COST * 50, 'the sum');
  expect(told.length - before).toBeLessThanOrEqual(2);
});

test('the running sum is what the ledger says, however exchanges come', async () => {
  const { budgets, spend, open, clock } = await makeBudgets();
  await budgets.set({ ...ALL_DAY, amountNanoUsd: COST * 1000 });
  await budgets.set({ ...ALL_DAY, period: 'week', amountNanoUsd: COST * 1000 });
  await budgets.set({ ...ALL_DAY, scope: { kind: 'project', projectId: 'prj_2' }, amountNanoUsd: COST * 1000 });
  const anyExchange = fc.record({
    projectId: fc.constantFrom('prj_1', 'prj_2'),
    hoursAgo: fc.nat(30),
    usageStanding: fc.constantFrom('measured' as const, 'partial' as const, 'unmetered' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyExchange, { maxLength: 20 }), fc.nat(20), async (exchanges, hoursLater) => {
      clock.at += hoursLater * 3_600_000;
      await spend(
        ...exchanges.map(({ projectId, hoursAgo, usageStanding }) => ({
          projectId,
          startedAt: clock.at - hoursAgo * 3_600_000,
          usageStanding,
          ...(usageStanding === 'unmetered' ? { usage: undefined } : {}),
        })),
      );
      const again = await open();
      const shown = (states: readonly BudgetState[]) =>
        states.map(({ id, spentNanoUsd, unknown, partial }) => [id, spentNanoUsd, unknown, partial]);
      // A new period is asked for in the background.
      await budgets.ready();
      expect(shown(budgets.states)).toEqual(shown(again.budgets.states));
      again.budgets.close();
      await again.ledger.close();
    }),
    { numRuns: 15 },
  );
});
