import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/ledger/store.js';
import { englishOf } from '../../src/words/index.js';
import { bundleLedger, type LedgerBundle } from '../helpers/ledger-bundle.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { waitFor } from '../helpers/wait-for.js';

const script = fileURLToPath(new URL('../helpers/ledger-writer.mjs', import.meta.url));
let bundle: LedgerBundle;
beforeAll(async () => {
  bundle = await bundleLedger();
});
afterAll(() => bundle.remove());

interface Writer {
  readonly child: ChildProcess;
  /** Each record's number and when it was appended, Unix milliseconds. */
  readonly appended: Map<number, number>;
  readonly problems: () => string;
}

function startWriter(file: string, first: number, everyMs: number): Writer {
  const child = spawn(process.execPath, [
    script,
    bundle.ledgerUrl.href,
    bundle.workerUrl.href,
    file,
    String(first),
    String(everyMs),
  ]);
  const appended = new Map<number, number>();
  let problems = '';
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) {
      const [n, at] = line.split(' ').map(Number) as [number, number];
      appended.set(n, at);
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    problems += text;
  });
  return { child, appended, problems: () => problems };
}

function readLedger(file: string) {
  const problems: string[] = [];
  const store = openStore(file, {
    onSetAside: (name) => problems.push(name),
    onProblem: (problem) => problems.push(englishOf(problem)),
  });
  const exchanges = store.latest({ limit: 1_000_000 });
  const totals = store.totals({});
  store.close();
  return { problems, totals, numbers: new Set(exchanges.map(({ id }) => Number(id.slice(3)))) };
}

describe('a process that is killed while it writes', () => {
  it('loses at most the last second, time after time, and never the file', async () => {
    const file = path.join(tempFolder(), 'ledger.sqlite');
    const appended = new Map<number, number>();
    const mayBeLost = new Set<number>();
    for (let round = 0; round < 5; round += 1) {
      // Busy at times, so that batches are full, and at times not.
      const [everyMs, records] = round === 2 ? [10, 150] : [1, 100];
      const writer = startWriter(file, round * 100_000, everyMs);
      await waitFor(() => writer.appended.size > records, `${records} records (${writer.problems()})`, 10_000);
      // At another moment of the batch each time.
      await sleep(round * 61);
      const killedAt = Date.now();
      writer.child.kill('SIGKILL');
      await once(writer.child, 'close');
      for (const [n, at] of writer.appended) {
        appended.set(n, at);
        if (at > killedAt - 1000) mayBeLost.add(n);
      }
      const { problems, numbers, totals } = readLedger(file);
      expect(problems).toEqual([]);
      expect([...appended.keys()].filter((n) => !numbers.has(n) && !mayBeLost.has(n))).toEqual([]);
      // The sums are those of the rows: a batch is written whole or not at all.
      expect(totals.exchanges).toBe(numbers.size);
      expect(totals.inputTokens).toBe([...numbers].reduce((sum, n) => sum + n, 0));
    }
    expect(appended.size).toBeGreaterThan(500);
  });
});

describe('two processes on one file', () => {
  it('lose nothing, begun at once and writing at once', async () => {
    const file = path.join(tempFolder(), 'home', 'ledger.sqlite');
    const writers = [0, 1, 2].map((n) => startWriter(file, n * 100_000, 2));
    await waitFor(() => writers.every(({ appended }) => appended.size > 150), 'records of all', 10_000);
    for (const { child } of writers) child.kill('SIGTERM');
    await Promise.all(writers.map(({ child }) => once(child, 'close')));
    const { problems, numbers, totals } = readLedger(file);
    expect(problems).toEqual([]);
    expect(writers.map((writer) => writer.problems())).toEqual(['', '', '']);
    const all = writers.flatMap(({ appended }) => [...appended.keys()]);
    expect(all.filter((n) => !numbers.has(n))).toEqual([]);
    expect(totals.exchanges).toBe(all.length);
    expect(totals.inputTokens).toBe(all.reduce((sum, n) => sum + n, 0));
  });
});
