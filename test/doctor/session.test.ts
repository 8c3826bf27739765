import { expect, test } from 'vitest';
import { createPatient, shown, theOne } from '../helpers/doctor.js';
import { createSignedInPatient } from '../helpers/signed-in-patient.js';
import { createTestEngine } from '../helpers/start-engine.js';

test('signed in, and the service says so', async () => {
  const { patient } = await createSignedInPatient();
  const found = theOne(await patient.examine(), 'session.signed_in');
  expect(found.title).toBe('You are signed in as ada@example.com.');
  expect(found.details[0]).toMatch(/^Of ada@example\.com, in \S+settings\.json$/);
});

test('nobody is signed in', async () => {
  const { examine } = await createPatient();
  const found = theOne(await examine(), 'session.signed_out');
  expect([found.status, found.remedy?.command]).toEqual(['problem', 'meshbar login']);
});

test('a session that has ended: with a refresh token it only needs to be renewed', async () => {
  const { patient, simulator, settings, save } = await createSignedInPatient(undefined, -60);
  expect(shown(await patient.examine(), 'session')).toEqual(['note session.renewal_due']);
  settings.users.usr_1.session.refresh_token = null;
  save();
  expect(shown(await patient.examine(), 'session')).toEqual(['problem session.ended']);
  settings.users.usr_1.session.expires_at += 3600;
  save();
  expect(shown(await patient.examine(), 'session')).toEqual(['note session.not_renewable']);
  // Whatever was found, nothing was renewed or written.
  expect(simulator.refreshes).toBe(0);
  expect(await patient.read('.meshagent/settings.json')).toBe(JSON.stringify(settings));
});

test('a session that was ended at the service', async () => {
  const { patient, simulator, settings, save } = await createSignedInPatient();
  simulator.revoke();
  expect(shown(await patient.examine(), 'session')).toEqual(['warning session.refused']);
  settings.users.usr_1.session.refresh_token = null;
  save();
  expect(shown(await patient.examine(), 'session')).toEqual(['problem session.ended']);
});

test('a token from the environment, good and bad', async () => {
  const { patient, simulator } = await createSignedInPatient();
  const env = { MESHAGENT_API_URL: simulator.url, MESHAGENT_PROJECT_ID: simulator.projectId };
  const good = { ...env, MESHAGENT_TOKEN: simulator.upstreamToken };
  expect(shown(await patient.examine({ env: good }), 'session')).toEqual(['ok session.environment']);
  const bad = await patient.examine({ env: { ...env, MESHAGENT_TOKEN: 'opaque-bad-token' } });
  expect(shown(bad, 'session')).toEqual(['problem session.refused']);
  expect(JSON.stringify(bad)).not.toContain('opaque-bad-token');
});

test('a file that can not be understood, with and without a token from elsewhere', async () => {
  const patient = await createPatient();
  const file = patient.write('.meshagent/settings.json', '{"access_token": "opaque-secret", ');
  const found = await patient.examine();
  expect(shown(found, 'session')).toEqual(['problem session.unreadable']);
  expect(theOne(found, 'session.unreadable').details).toEqual([file]);
  expect(JSON.stringify(found)).not.toContain('opaque');
  const env = { MESHAGENT_TOKEN: 'opaque-token', MESHAGENT_API_URL: 'http://127.0.0.1:9' };
  expect(shown(await patient.examine({ env }), 'session')).toEqual([
    'warning session.unreadable',
    'ok session.environment',
  ]);
});

test('a running proxy with a token of its own needs none here', async () => {
  const patient = await createPatient();
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, {}, patient.home);
  await engine.start();
  const found = await patient.examine();
  expect(shown(found, 'session')).toEqual(['ok session.of_the_proxy']);
  expect(shown(found, 'project')).toEqual(['ok project.of_the_proxy']);
  await engine.stop();
  expect(shown(await patient.examine(), 'session')).toEqual(['problem session.signed_out']);
});

test('older settings files are read too', async () => {
  const { patient, simulator } = await createSignedInPatient();
  const { accessToken, refreshToken } = simulator.issueSession();
  await patient.remove('.meshagent/settings.json');
  patient.write('.meshagent/session.json', JSON.stringify({ access_token: accessToken, refresh_token: refreshToken }));
  patient.write('.meshagent/project.json', JSON.stringify({ active_project: simulator.projectId }));
  const found = await patient.examine({ env: { MESHAGENT_API_URL: simulator.url } });
  expect([...shown(found, 'session'), ...shown(found, 'project')]).toEqual([
    'ok session.signed_in',
    'ok project.usable',
  ]);
});
