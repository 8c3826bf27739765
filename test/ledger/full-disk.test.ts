import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedger } from '../../src/ledger/ledger.js';
import { englishOf } from '../../src/words/index.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { LEDGER_WORKER } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

/** A file system of one megabyte; undefined where we may not mount one. */
function tinyDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = tempFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return folder;
}

describe('a full disk', () => {
  it('keeps records waiting, says so once, and takes them when there is room', async (context) => {
    const disk = tinyDisk();
    if (disk === undefined) return context.skip();
    const filler = path.join(disk, 'filler');
    writeFileSync(filler, Buffer.alloc(800 * 1024));
    const problems: string[] = [];
    const ledger = await createLedger({
      path: path.join(disk, 'ledger.sqlite'),
      workerUrl: pathToFileURL(LEDGER_WORKER),
      onProblem: (problem) => problems.push(englishOf(problem)),
    });
    const written = new Set<string>();
    ledger.onAppended((records) => {
      for (const { id } of records) written.add(id);
    });
    for (let n = 0; n < 300; n += 1) ledger.append(exchangeRecord(n));
    await waitFor(() => problems.length > 0, 'a problem');
    for (let n = 300; n < 400; n += 1) ledger.append(exchangeRecord(n));
    await ledger.flush();
    expect(problems).toEqual([
      'The usage ledger can’t be used: the disk is full. Usage records wait until it can be used.',
    ]);
    expect(written.size).toBeLessThan(400);

    rmSync(filler);
    await waitFor(() => written.size === 400, 'all records to be written', 10_000);
    expect((await ledger.totals({})).exchanges).toBe(400);
    expect(problems.slice(1)).toEqual(['The usage ledger is being written again.']);
    await ledger.close();
  });

  it('loses at the end what it never could write, and says how much', async (context) => {
    const disk = tinyDisk();
    if (disk === undefined) return context.skip();
    const problems: string[] = [];
    const ledger = await createLedger({
      path: path.join(disk, 'ledger.sqlite'),
      workerUrl: pathToFileURL(LEDGER_WORKER),
      onProblem: (problem) => problems.push(englishOf(problem)),
    });
    await ledger.flush();
    let written = 0;
    ledger.onAppended((records) => {
      written += records.length;
    });
    for (let n = 0; n < 3000; n += 1) ledger.append(exchangeRecord(n));
    await ledger.close();
    expect(written).toBeLessThan(3000);
    expect(problems).toEqual([
      'The usage ledger can’t be used: the disk is full. Usage records wait until it can be used.',
      `${(3000 - written).toLocaleString('en-US')} usage records could not be written and are lost.`,
    ]);
  });
});
