import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createPatient, shown, theOne } from '../helpers/doctor.js';

describe.skipIf(process.platform === 'win32')('permissions', () => {
  test('what others can read is found, left as it is, and mended by the command that is given', async () => {
    const patient = await createPatient();
    const settings = patient.write('.meshagent/settings.json', '{}', 0o600);
    const ledger = patient.write('meshbar/ledger.sqlite', '');
    patient.write('meshbar/proxy.json', '{}');
    expect(shown(await patient.examine(), 'permissions')).toEqual(['ok permissions.private']);

    chmodSync(settings, 0o644);
    chmodSync(patient.meshbarHome, 0o755);
    chmodSync(ledger, 0o640);
    const found = (await patient.examine()).filter(({ id }) => id === 'permissions.readable');
    expect(found.map(({ status, remedy }) => [status, remedy?.command])).toEqual([
      ['problem', `chmod go= ${settings}`],
      ['warning', `chmod go= ${patient.meshbarHome}`],
      ['warning', `chmod go= ${ledger}`],
    ]);
    expect(found[0]?.details).toEqual(['Its mode is 0644']);
    expect(statSync(settings).mode & 0o777).toBe(0o644);
    expect(readFileSync(settings, 'utf8')).toBe('{}');

    for (const { remedy } of found) execFileSync('sh', ['-c', remedy?.command ?? 'false']);
    expect(shown(await patient.examine(), 'permissions')).toEqual(['ok permissions.private']);
  });

  test.skipIf(process.getuid?.() !== 0)('a file that sudo left behind as another user’s', async () => {
    const patient = await createPatient();
    const file = patient.write('meshbar/proxy.json', '{}');
    chownSync(file, 65534, 65534);
    const found = theOne(await patient.examine(), 'permissions.other_owner');
    expect(found.details).toEqual(['It belongs to the user with the number 65534']);
    execFileSync('sh', ['-c', (found.remedy?.command ?? 'false').replace(/^sudo /, '')]);
    expect(shown(await patient.examine(), 'permissions')).toEqual(['ok permissions.private']);
  });
});
