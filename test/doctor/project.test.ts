import { expect, test } from 'vitest';
import { shown, theOne } from '../helpers/doctor.js';
import { createSignedInPatient } from '../helpers/signed-in-patient.js';
import { createTestEngine } from '../helpers/start-engine.js';

test('a project that may be used', async () => {
  const { patient, simulator } = await createSignedInPatient();
  const found = theOne(await patient.examine(), 'project.usable');
  expect(found.title).toContain(simulator.projectId);
  expect(found.details).toEqual(['Chosen with `meshbar project use`']);
});

test('none is chosen, one that does not exist, one without the right to use it', async () => {
  const { patient, simulator, settings, save } = await createSignedInPatient();
  const choose = (id: string | null) => {
    settings.users.usr_1.project.active_project = id;
    save();
  };
  choose(null);
  expect(shown(await patient.examine(), 'project')).toEqual(['problem project.none']);
  choose('prj_deleted');
  expect(shown(await patient.examine(), 'project')).toEqual(['problem project.unknown']);
  choose(simulator.projectId);
  simulator.setProject({ id: simulator.projectId, allowed: false });
  const found = theOne(await patient.examine(), 'project.no_access');
  expect(found.status).toBe('problem');
  simulator.setProject({ id: simulator.projectId, allowed: true });
  expect(shown(await patient.examine(), 'project')).toEqual(['ok project.usable']);
});

test('what can not be asked is said to be unknown', async () => {
  const { patient, simulator } = await createSignedInPatient();
  simulator.revoke();
  const found = await patient.examine();
  expect([...shown(found, 'project'), ...shown(found, 'balance')]).toEqual([
    'skipped project.unchecked',
    'skipped balance.unchecked',
  ]);
  await simulator.stop();
  expect(shown(await patient.examine(), 'project')).toEqual(['skipped project.unchecked']);
});

test('a running proxy that uses another project', async () => {
  const { patient, simulator } = await createSignedInPatient();
  const { engine } = await createTestEngine(simulator, { projectId: 'prj_other', bearer: 'k' }, patient.home);
  simulator.setProject({ id: 'prj_other', name: 'Other' });
  await engine.start().catch(() => engine.start());
  expect(shown(await patient.examine(), 'project')).toEqual(['note project.other_in_proxy', 'ok project.usable']);
  await engine.stop();
  expect(shown(await patient.examine(), 'project')).toEqual(['ok project.usable']);
});

test('the balance: enough, little, none, hidden', async () => {
  const { patient, simulator } = await createSignedInPatient();
  const set = async (change: object) => {
    simulator.setProject({ id: simulator.projectId, ...change });
    return shown(await patient.examine(), 'balance');
  };
  expect(await set({ credit: 20 })).toEqual(['ok balance.enough']);
  // The simulator's auto-recharge is on.
  expect(await set({ credit: 0 })).toEqual(['warning balance.empty']);
  expect(await set({ credit: -1, autoRecharge: false })).toEqual(['problem balance.empty']);
  expect(await set({ credit: 0.5, autoRecharge: false })).toEqual(['warning balance.low']);
  expect(await set({ credit: 20, balanceReadable: false })).toEqual(['skipped balance.hidden']);
  expect(await set({ balanceReadable: true })).toEqual(['ok balance.enough']);
});
