import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openLedgerFile } from '../../src/ledger/ledger-file.js';
import { createPatient, type Patient, shown, theOne } from '../helpers/doctor.js';

function makeLedger({ context, meshbarHome }: Patient): string {
  mkdirSync(meshbarHome, { recursive: true, mode: 0o700 });
  openLedgerFile(context.paths.ledger).db.close();
  return context.paths.ledger;
}

const find = async (patient: Patient) => shown(await patient.examine({ only: ['ledger'] }), 'ledger');

test('none yet, and a whole one; looking at it leaves no file behind', async () => {
  const patient = await createPatient();
  expect(await find(patient)).toEqual(['ok ledger.none']);
  const file = makeLedger(patient);
  const before = [readdirSync(patient.meshbarHome), readFileSync(file)];
  expect(await find(patient)).toEqual(['ok ledger.whole']);
  expect([readdirSync(patient.meshbarHome), readFileSync(file)]).toEqual(before);
});

test('one that is no database, and one with a torn page', async () => {
  const patient = await createPatient();
  const file = makeLedger(patient);
  const whole = readFileSync(file);
  const db = new DatabaseSync(file, { readOnly: true });
  const pages = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'exchanges_by_start'").get();
  const pageOfIndex = Number(pages?.rootpage);
  const pageSize = Number(db.prepare('PRAGMA page_size').get()?.page_size);
  db.close();
  writeFileSync(file, 'this is no database'.repeat(1000));
  expect(await find(patient)).toEqual(['problem ledger.damaged']);

  writeFileSync(file, whole);
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(pageSize, 0x5a), 0, pageSize, (pageOfIndex - 1) * pageSize);
  closeSync(handle);
  const found = theOne(await patient.examine(), 'ledger.damaged');
  expect(found.details[1]).toMatch(/^Tree \d+ page \d+: /);
  expect(found.meaning).toContain('sets it aside');

  writeFileSync(file, whole);
  expect(await find(patient)).toEqual(['ok ledger.whole']);
});

test('one of a newer Meshbar', async () => {
  const patient = await createPatient();
  const db = new DatabaseSync(makeLedger(patient));
  db.exec('PRAGMA user_version = 999');
  db.close();
  expect(await find(patient)).toEqual(['problem ledger.newer']);
});

test('one that can not be opened', async () => {
  const patient = await createPatient();
  mkdirSync(patient.context.paths.ledger, { recursive: true });
  expect(await find(patient)).toEqual(['problem ledger.unreadable']);
});

test('one that is too large to be read through', async () => {
  const patient = await createPatient();
  truncateSync(makeLedger(patient), 600 * 1024 * 1024);
  expect(await find(patient)).toEqual(['note ledger.large']);
});

test('one that was set aside is named, until it is gone', async () => {
  const patient = await createPatient();
  const file = makeLedger(patient);
  writeFileSync(file, 'this is no database'.repeat(1000));
  const { db, setAside } = openLedgerFile(file);
  db.close();
  const found = await patient.examine();
  expect(shown(found, 'ledger')).toEqual(['note ledger.set_aside', 'ok ledger.whole']);
  expect(theOne(found, 'ledger.set_aside').details).toEqual([setAside]);
  rmSync(setAside as string);
  expect(await find(patient)).toEqual(['ok ledger.whole']);
});

test.each([
  ['1m', 'problem'],
  ['50m', 'warning'],
])('a disk of %s', async (size, status) => {
  const patient = await createPatient();
  if (!mountTiny(patient.meshbarHome, size)) return;
  makeLedger(patient);
  const found = theOne(await patient.examine(), 'ledger.disk_space');
  expect(found.status).toBe(status);
  expect(found.details).toEqual([patient.meshbarHome]);
});

/** Where we may not mount anything, there is nothing to test. */
function mountTiny(folder: string, size: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return true;
}
