import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { learnSecret } from '../../../src/files/secrets.js';
import { createLog } from '../../../src/main/notices/log.js';
import { MeshbarError } from '../../../src/shared/errors.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

function openLog() {
  const folder = path.join(tempFolder(), 'logs');
  const log = createLog(folder, { now: () => NOW });
  return { folder, log, text: () => readFileSync(log.file, 'utf8') };
}

test('entries stand one below the other, with their time, for their owner alone', () => {
  const { log, text } = openLog();
  log.info('first');
  log.error('second');
  expect(text()).toBe('2026-01-02T03:04:05.000Z info first\n2026-01-02T03:04:05.000Z error second\n');
  if (process.platform !== 'win32') expect(statSync(log.file).mode & 0o777).toBe(0o600);
});

test('details are written only for somebody who asked for them', () => {
  const { folder, log, text } = openLog();
  log.info('first');
  log.detail('hidden');
  expect(text()).not.toContain('hidden');
  createLog(folder, { isVerbose: true, now: () => NOW }).detail('shown');
  expect(text()).toContain('2026-01-02T03:04:05.000Z detail shown\n');
});

test('an error is written with its causes, and without secrets', () => {
  const { log, text } = openLog();
  learnSecret('a-local-key-of-ours');
  const cause = new Error('Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln was refused');
  log.error('It failed', new Error('The key a-local-key-of-ours is wrong', { cause }));
  expect(text()).toContain('error It failed: Error: The key [redacted] is wrong\n    ');
  expect(text()).toContain('caused by Error: Authorization: Bearer [redacted] was refused');
  expect(text()).not.toMatch(/a-local-key-of-ours|eyJ/);
});

test('what a person was told is one line; what nobody had thought of has its stack', () => {
  const { log, text } = openLog();
  log.answered('proxy:start', new MeshbarError('no_project', {}, { cause: new Error('why') }));
  expect(text()).toBe(
    '2026-01-02T03:04:05.000Z error proxy:start: no_project: No MeshAgent project is chosen. `meshbar project list` shows yours, `meshbar project use` chooses one; or pass --project-id.\n',
  );
  log.answered('usage:now', new TypeError('x is not a function'));
  expect(text()).toContain('usage:now: TypeError: x is not a function\n    ');
});

test('a log that has grown is set aside once, and an entry has its limit', () => {
  const { folder, log, text } = openLog();
  log.info('x'.repeat(10_000));
  expect(text().length).toBeLessThan(5000);
  for (let round = 0; round < 2; round++) {
    writeFileSync(log.file, `${round}`.repeat(600 * 1024));
    log.info(`after ${round}`);
    expect(text()).toContain(`after ${round}`);
    expect(text().length).toBeLessThan(100);
  }
  expect(readdirSync(folder).sort()).toEqual(['meshbar.log', 'meshbar.old.log']);
});

test('where nothing can be written, nothing is thrown', () => {
  const folder = path.join(tempFolder(), 'file');
  writeFileSync(folder, '');
  expect(() => createLog(folder).info('lost')).not.toThrow();
});
