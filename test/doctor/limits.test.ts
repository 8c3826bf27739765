import { expect, test } from 'vitest';
import { runDoctor } from '../../src/doctor/doctor.js';
import { CHECK_NAMES, type Finding } from '../../src/shared/doctor.js';
import { createPatient, shown, theOne } from '../helpers/doctor.js';

test('a check that hangs is given up, and the others are told meanwhile', async () => {
  const { context } = await createPatient();
  const told: Finding[] = [];
  const toolConfigs = { inspect: () => new Promise<never>(() => {}) };
  const findings = await runDoctor({ ...context, toolConfigs }, { onFinding: (finding) => told.push(finding) });
  expect(shown(findings, 'tools')).toEqual(['skipped tools.given_up']);
  expect(told.at(-1)?.id).toBe('tools.given_up');
  expect(told.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
    findings.toSorted((a, b) => a.id.localeCompare(b.id)),
  );
});

test('a check that fails is a finding', async () => {
  const { context } = await createPatient();
  const toolConfigs = { inspect: () => Promise.reject(new Error('It broke.')) };
  const found = theOne(await runDoctor({ ...context, toolConfigs }), 'tools.failed');
  expect([found.status, found.details]).toEqual(['skipped', ['It broke.']]);
});

test('whoever calls it off gets an answer at once', async () => {
  const { context } = await createPatient();
  const findings = await runDoctor(context, { signal: AbortSignal.abort() });
  expect(findings.map(({ id }) => id)).toEqual(CHECK_NAMES.map((name) => `${name}.given_up`));
});

test('findings are plain data', async () => {
  const findings = await (await createPatient()).examine();
  expect(structuredClone(findings)).toEqual(findings);
  expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
});
