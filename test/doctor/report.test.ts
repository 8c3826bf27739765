/** The report goes to strangers: whatever a check may once let slip, no secret and nothing personal is in it. */
import os from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Found } from '../../src/doctor/check.js';
import type { DoctorContext } from '../../src/doctor/context.js';
import { createReport } from '../../src/doctor/report.js';
import { say } from '../../src/words/say.js';
import { anyCharacter } from '../helpers/any-character.js';
import { createPatient, type Patient } from '../helpers/doctor.js';

const AT = Date.UTC(2026, 0, 31);

/** A finding that says it everywhere, between other words. */
function tellingEverywhere(secret: string, before: string, after: string): Found {
  const text = `${before}${secret}${after}`;
  const saying = (problem: string) => say('doctor.error', { problem });
  return {
    id: 'port.taken',
    status: 'problem',
    title: saying(text),
    meaning: saying(`So ${text}`),
    remedy: { text: saying(text), command: `run ${text}` },
    details: [saying(text), `${secret}${secret}`],
  };
}

/** Every place from which this process can know a secret. */
const PLACES: Record<string, (patient: Patient, secret: string) => Partial<DoctorContext>> = {
  'a variable': (_patient, secret) => ({ env: { SOMEBODYS_API_KEY: secret } }),
  'another variable': (_patient, secret) => ({ env: { MESHAGENT_TOKEN: secret } }),
  'a proxy’s password': (_patient, secret) => ({
    env: { HTTPS_PROXY: `http://ada:${encodeURIComponent(secret.toWellFormed())}@proxy.example:8080` },
  }),
  'the saved session': (patient, secret) => {
    const users = { usr_1: { session: { access_token: 'an-access-token', refresh_token: secret } } };
    patient.write('.meshagent/settings.json', JSON.stringify({ active_user_id: 'usr_1', users }));
    return {};
  },
  'the saved keys of projects': (patient, secret) => {
    const users = { usr_1: { project: { active_api_keys: { prj_1: secret } } } };
    patient.write('.meshagent/settings.json', JSON.stringify({ active_user_id: 'usr_1', users }));
    return {};
  },
  'the running proxy': (patient, secret) => {
    const proxy = { pid: process.pid, version: '1', url: 'http://127.0.0.1:9', localKey: secret, startedAt: 0 };
    patient.write('meshbar/proxy.json', JSON.stringify(proxy));
    return {};
  },
  'an option': ({ context }, secret) => ({ config: { ...context.config, bearer: secret } }),
};

const secrets = fc.oneof(
  fc.string({ minLength: 4, maxLength: 60, unit: 'grapheme' }),
  fc.string({ minLength: 8, maxLength: 60, unit: anyCharacter }),
  fc.base64String({ minLength: 8, maxLength: 60 }),
);

test.each(Object.entries(PLACES))('a secret known from %s is gone from every field', async (_place, put) => {
  const patient = await createPatient();
  const words = fc.string({ maxLength: 12 });
  const harmless = await createReport([tellingEverywhere('harmless', '', '')], patient.context, AT);
  await fc.assert(
    fc.asyncProperty(secrets, words, words, async (secret, before, after) => {
      // What is in every report can't be told from a secret, and what is cut to nothing was none.
      fc.pre(!harmless.includes(secret) && !'[redacted]'.includes(secret) && secret.trim().length >= 4);
      const context = { ...patient.context, ...put(patient, secret) };
      const report = await createReport([tellingEverywhere(secret, before, after)], context, AT);
      expect(report).not.toContain(secret);
    }),
    { numRuns: 60 },
  );
});

test('start files of shells tell secrets too', async () => {
  const patient = await createPatient();
  patient.write('.zshrc', 'export OPENAI_API_KEY="opaque-key-of-zshrc"\n');
  patient.write('work/.env', "ANTHROPIC_AUTH_TOKEN='opaque-key-of-env'\n");
  const findings = [tellingEverywhere('opaque-key-of-zshrc', '', ''), tellingEverywhere('opaque-key-of-env', '', '')];
  expect(await createReport(findings, patient.context, AT)).not.toContain('opaque');
});

test('names, addresses, ids and paths are gone; what remains can be told apart', async () => {
  const patient = await createPatient();
  const { home, context, meshbarHome } = patient;
  const user = {
    profile: { id: 'usr_12345678', first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' },
    project: { active_project: '0f8fad5b-d9cb-469f-a165-70867728950e' },
  };
  patient.write('.meshagent/settings.json', JSON.stringify({ active_user_id: 'u', users: { u: user } }));
  const details = [
    `${home}/.zshrc, line 3`,
    `${context.cwd}/.env, line 1`,
    `${meshbarHome}/ledger.sqlite`,
    `/srv/${os.userInfo().username}/x and /srv/${os.userInfo().username}ish/x`,
    `on ${os.hostname().toUpperCase()} or ${os.hostname()}`,
    'Ada Lovelace <ada@example.com> of usr_12345678',
    'the project 0f8fad5b-d9cb-469f-a165-70867728950e, the project prj_abcdefgh',
    'file://x Bearer abcdefghijkl and sk-ant-abcdefghijkl',
    'A | B <script> `x` [y](z) *z*\nnext',
  ];
  const title = say('doctor.error', { problem: 'T' });
  const finding: Found = { id: 'ledger.damaged', status: 'warning', title, details };
  const report = await createReport([finding], context, AT);
  expect(report.split('\n').slice(5, -2)).toEqual([
    '  - ~/.zshrc, line 3',
    '  - \\<this folder\\>/.env, line 1',
    '  - \\<meshbar home\\>/ledger.sqlite',
    `  - /srv/\\<user\\>/x and /srv/${os.userInfo().username}ish/x`,
    // Names of two letters are words, too.
    os.hostname().length < 3 ? expect.any(String) : '  - on \\<host\\> or \\<host\\>',
    '  - \\<name\\> \\<\\<email\\>\\> of usr_12…',
    '  - the project 0f8fad…, the project prj_ab…',
    '  - file://x Bearer \\[redacted\\] and sk-\\[redacted\\]',
    '  - A \\| B \\<script\\> `x` \\[y\\](z) \\*z\\* next',
  ]);
  expect(report).toMatch(/^### meshbar doctor\n\nMeshbar 1\.2\.3-test · Node \S+ · /);
  expect(report).toMatch(/2026-01-31T00:00:00\.000Z\n/);
});
