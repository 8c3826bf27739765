import { chmodSync, chownSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { planConnect } from '../../src/tools/connect.js';
import { wordsOf } from '../helpers/error-words.js';
import { ADDRESS, createMachine, FILE_TOOLS } from './machine.js';

const NOBODY = 65534;

/** Runs without root's power to write where nobody may. */
async function unprivileged(folder: string, work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work();
  chownSync(folder, NOBODY, NOBODY);
  process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

test.skipIf(process.platform === 'win32').each(FILE_TOOLS)(
  '$id: a file that is read-only is not replaced, and the error says what to do',
  async (tool) => {
    const machine = createMachine();
    const file = machine.write(tool, '');
    chmodSync(file, 0o444);
    chownSync(file, process.geteuid?.() === 0 ? NOBODY : (process.geteuid?.() as number), statSync(file).gid);
    chownSync(
      path.dirname(file),
      process.geteuid?.() === 0 ? NOBODY : (process.geteuid?.() as number),
      statSync(file).gid,
    );
    await unprivileged(machine.homedir, async () => {
      const plan = await planConnect(tool, ADDRESS, machine.context);
      const refused = await plan.apply().catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'tool_file_unwritable' });
      expect(wordsOf(refused)).toMatch(/can’t be written: it is read-only.*--dry-run/);
    });
    expect(readFileSync(file, 'utf8')).toBe('');
    expect(await machine.context.receipts.all(tool.id)).toEqual([]);
  },
);
