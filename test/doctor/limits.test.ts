import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CHECK_NAMES, type Finding } from '../../src/shared/doctor.js';
import { createPatient, shown, theOne } from '../helpers/doctor.js';

test.skipIf(process.platform === 'win32')(
  'a check that hangs is given up, and the others report meanwhile',
  async () => {
    const patient = await createPatient();
    // Nobody writes to it: who reads it waits.
    const pipe = path.join(patient.context.cwd, '.env');
    execFileSync('mkfifo', [pipe]);
    onTestFinished(() => writeFileSync(pipe, ''));
    const told: Finding[] = [];
    const findings = await patient.examine({ onFinding: (finding) => told.push(finding) });
    expect(shown(findings, 'environment')).toEqual(['skipped environment.given_up']);
    expect(told.at(-1)?.id).toBe('environment.given_up');
    expect(told.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      findings.toSorted((a, b) => a.id.localeCompare(b.id)),
    );
  },
);

test('a check that fails is a finding', async () => {
  const patient = await createPatient();
  const found = theOne(await patient.examine({ config: { port: 65_536 } }), 'port.failed');
  expect(found).toMatchObject({ status: 'skipped', details: [expect.stringContaining('65536')] });
});

test('whoever calls it off gets an answer at once', async () => {
  const findings = await (await createPatient()).examine({ signal: AbortSignal.abort() });
  expect(findings.map(({ id }) => id)).toEqual(CHECK_NAMES.map((name) => `${name}.given_up`));
});

test('findings are plain data', async () => {
  const findings = await (await createPatient()).examine();
  expect(structuredClone(findings)).toEqual(findings);
  expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
});
