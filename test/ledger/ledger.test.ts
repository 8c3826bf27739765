import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedger } from '../../src/ledger/ledger.js';
import type { Ledger } from '../../src/ledger/ledger-api.js';
import { englishOf } from '../../src/words/index.js';
import { wordsOf } from '../helpers/error-words.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { LEDGER_WORKER } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

const WORKER = pathToFileURL(LEDGER_WORKER);

async function openLedger(file = path.join(tempFolder(), 'ledger.sqlite'), workerUrl = WORKER) {
  const problems: string[] = [];
  const ledger = await createLedger({
    path: file,
    workerUrl,
    onProblem: (problem) => problems.push(englishOf(problem)),
  });
  onTestFinished(() => ledger.close());
  return { ledger, problems, file };
}

function append(ledger: Ledger, from: number, to: number): void {
  for (let n = from; n < to; n += 1) ledger.append(exchangeRecord(n));
}

describe('the ledger', () => {
  it('has what was appended in the answer to the next question', async () => {
    const { ledger } = await openLedger();
    append(ledger, 0, 700);
    expect((await ledger.totals({})).exchanges).toBe(700);
    append(ledger, 700, 701);
    expect(await ledger.latest({ limit: 1 })).toMatchObject([{ id: exchangeRecord(700).id, standing: 'measured' }]);
  });

  it('writes by itself what nobody asks for', async () => {
    const { ledger, file } = await openLedger();
    const reader = await openLedger(file);
    append(ledger, 0, 3);
    await waitFor(async () => (await reader.ledger.totals({})).exchanges === 3, 'three exchanges in the file');
  });

  it('tells of each record once it is priced and written, until nobody listens', async () => {
    const { ledger } = await openLedger();
    const told: string[] = [];
    const stop = ledger.onAppended((records) => {
      for (const { id, standing, cost } of records) told.push(`${id} ${standing} ${cost !== undefined}`);
    });
    append(ledger, 0, 2);
    ledger.append(exchangeRecord(2, { responseModel: 'gpt-unknown', requestModel: undefined }));
    await ledger.flush();
    expect(told).toEqual([
      `${exchangeRecord(0).id} measured true`,
      `${exchangeRecord(1).id} measured true`,
      `${exchangeRecord(2).id} unpriced false`,
    ]);
    stop();
    append(ledger, 3, 4);
    await ledger.flush();
    expect(told).toHaveLength(3);
  });

  it('writes what waits when it closes, and takes nothing more', async () => {
    const { ledger, file, problems } = await openLedger();
    append(ledger, 0, 600);
    const asked = ledger.totals({});
    const closes = [ledger.close(), ledger.close()];
    append(ledger, 600, 610);
    expect((await asked).exchanges).toBe(600);
    await Promise.all(closes);
    await expect(ledger.totals({})).rejects.toMatchObject({ code: 'ledger_unavailable' });
    await ledger.flush();
    expect(problems).toEqual([]);
    const again = await openLedger(file);
    expect((await again.ledger.totals({})).exchanges).toBe(600);
  });

  it('says where it put a damaged file', async () => {
    const file = path.join(tempFolder(), 'ledger.sqlite');
    writeFileSync(file, 'no database'.repeat(500));
    const { ledger, problems } = await openLedger(file);
    expect(ledger.status.setAside).toMatch(/ledger\.sqlite\.damaged-/);
    expect(problems).toEqual([
      `The usage ledger was damaged. It was set aside as ${ledger.status.setAside}, and a new one was begun.`,
    ]);
  });

  it('can’t be had where its file can’t', async () => {
    const file = path.join(tempFolder(), 'file');
    writeFileSync(file, '');
    const refused = await openLedger(path.join(file, 'ledger.sqlite')).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'ledger_unavailable' });
    expect(wordsOf(refused)).toContain('MESHBAR_HOME');
  });
});

describe('a file that can’t be opened when the first record comes', () => {
  it('keeps records waiting, and takes them once it can', async () => {
    const { ledger, problems, file } = await openLedger();
    rmSync(file);
    mkdirSync(file);
    append(ledger, 0, 3);
    await waitFor(() => problems.length > 0, 'a problem');
    append(ledger, 3, 6);
    expect(problems).toEqual([
      `The usage ledger ${file} can’t be opened: it can’t be opened. Usage records wait until it can be used.`,
    ]);
    rmSync(file, { recursive: true });
    await waitFor(() => problems.length > 1, 'the ledger to be written again');
    expect(problems.slice(1)).toEqual(['The usage ledger is being written again.']);
    expect((await ledger.totals({})).exchanges).toBe(6);
  });
});

describe('the ledger’s thread', () => {
  /** The real one, and a way to kill it: it dies on a record of this name, as often as the counter says. */
  function mortalWorker(times: number): URL {
    const folder = tempFolder();
    const counter = path.join(folder, 'deaths');
    writeFileSync(counter, String(times));
    const file = path.join(folder, 'worker.mjs');
    writeFileSync(
      file,
      `import { readFileSync, writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ question }) => {
         const left = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
         if (left === 0 || !question.lines?.includes('killer')) return;
         writeFileSync(${JSON.stringify(counter)}, String(left - 1));
         process.exit(1);
       });
       await import(${JSON.stringify(WORKER.href)});`,
    );
    return new URL(`file://${file}`);
  }

  it('does not begin because of prices, which it reads when it begins', async () => {
    const folder = tempFolder();
    const begun = path.join(folder, 'begun');
    const file = path.join(folder, 'worker.mjs');
    writeFileSync(
      file,
      `import { writeFileSync } from 'node:fs';
       writeFileSync(${JSON.stringify(begun)}, '');
       await import(${JSON.stringify(WORKER.href)});`,
    );
    const { ledger } = await openLedger(undefined, new URL(`file://${file}`));
    await ledger.reloadPrices();
    expect(existsSync(begun)).toBe(false);
    append(ledger, 0, 1);
    expect((await ledger.totals({})).exchanges).toBe(1);
    expect(existsSync(begun)).toBe(true);
    await ledger.reloadPrices();
  });

  it('is started again when it dies, and loses nothing', async () => {
    const { ledger, problems } = await openLedger(undefined, mortalWorker(1));
    const told: string[] = [];
    ledger.onAppended((records) => told.push(...records.map(({ id }) => id)));
    append(ledger, 0, 300);
    ledger.append(exchangeRecord(300, { tool: 'killer' }));
    const totals = ledger.totals({});
    append(ledger, 301, 310);
    expect((await totals).exchanges).toBe(301);
    expect((await ledger.totals({})).exchanges).toBe(310);
    expect(told).toHaveLength(310);
    expect(new Set(told).size).toBe(310);
    expect(problems).toEqual([]);
  });

  it('is given up when it dies again at once, and says so once', async () => {
    const { ledger, problems } = await openLedger(undefined, mortalWorker(9));
    ledger.append(exchangeRecord(1, { tool: 'killer' }));
    await expect(ledger.totals({})).rejects.toMatchObject({ code: 'ledger_unavailable' });
    append(ledger, 2, 600);
    await ledger.flush();
    expect(problems).toEqual(['The usage ledger stopped: exchanges pass, but are not recorded. Restart Meshbar.']);
    await ledger.close();
    expect(problems).toHaveLength(1);
  });

  it('that dies for good in mid-run, or can not be begun, throws into no exchange', async () => {
    for (const worker of [mortalWorker(9), new URL('https://threads.invalid/worker.js')]) {
      const { ledger, problems } = await openLedger(undefined, worker);
      const asked: Promise<unknown>[] = [];
      for (let n = 0; n < 2000; n += 1) {
        ledger.append(exchangeRecord(n, { tool: n === 700 ? 'killer' : 'curl' }));
        // Turns of the event loop in between: the thread dies while records come.
        if (n % 100 === 0) asked.push(ledger.latest({ limit: 1 }).catch((error: unknown) => error));
        if (n % 100 === 0) await new Promise(setImmediate);
      }
      await Promise.all(asked);
      await ledger.flush();
      await expect(ledger.totals({})).rejects.toMatchObject({ code: 'ledger_unavailable' });
      await ledger.close();
      expect(problems[0]).toBe('The usage ledger stopped: exchanges pass, but are not recorded. Restart Meshbar.');
    }
  });
});
