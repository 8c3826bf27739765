import { rename, stat, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../../src/session/session.js';
import type { SessionState } from '../../src/shared/session.js';
import { makeHome, type SavedFile, type SessionHome, signedIn } from '../helpers/session-home.js';
import { waitFor } from '../helpers/wait-for.js';

const SERVICE = 'http://127.0.0.1:9';

let home: SessionHome;
let session: Session;
beforeEach(async () => {
  home = await makeHome(signedIn(SERVICE, { accessToken: 'token-1', refreshToken: 'r' }));
  session = home.session();
  await session.ready();
});
afterEach(() => home.remove());

async function change(edit: (user: SavedFile, file: SavedFile) => void): Promise<SavedFile> {
  const file = await home.json();
  edit(file.users.usr_1, file);
  return file;
}
const setProject = (id: string) => change((user) => (user.project.active_project = id));
const projectNow = async () => (await session.access()).projectId;

describe('a change from outside takes effect on the next request', () => {
  test('another project, by a rename', async () => {
    expect(await projectNow()).toBe('prj_simulated');
    await home.replace(await setProject('prj_second'));
    await waitFor(async () => (await projectNow()) === 'prj_second', 'the other project');
    expect(session.state.projectId).toBe('prj_second');
  });

  test('another project, in place, of the same size, with the old time', async () => {
    const { atime, mtime } = await stat(home.file);
    await home.overwrite(await setProject('prj_5imulated'));
    await utimes(home.file, atime, mtime);
    await waitFor(async () => (await projectNow()) === 'prj_5imulated', 'the other project');
  });

  test('many changes in quick succession: the last one counts', async () => {
    for (let i = 0; i < 30; i++) await home.overwrite(await setProject(`prj_${i}`));
    await waitFor(async () => (await projectNow()) === 'prj_29', 'the last project');
  });

  test('signed out', async () => {
    await home.replace(await change((user) => (user.session = null)));
    await waitFor(() => session.state.status === 'signed_out', 'signed out');
    await expect(session.credentials()).rejects.toMatchObject({ code: 'no_upstream_token' });
  });

  test('the file removed, and put back', async () => {
    await rename(home.file, `${home.file}.away`);
    await waitFor(() => session.state.status === 'signed_out', 'signed out');
    await rename(`${home.file}.away`, home.file);
    await waitFor(() => session.state.status === 'signed_in', 'signed in');
  });

  test('another user, whose token does not serve requests of the one before', async () => {
    const other = await change((user, file) => {
      file.users.usr_2 = { ...user, session: { ...user.session, access_token: 'token-2' } };
      file.active_user_id = 'usr_2';
    });
    await home.replace(other);
    await waitFor(async () => (await session.access()).upstreamToken === 'token-2', 'the other user');
    expect(session.state).toMatchObject({ status: 'signed_in', user: { id: 'usr_2' } });
    expect(await session.accessAfterRefusal('token-1')).toBeUndefined();
  });

  test('a file that breaks leaves what was known in force', async () => {
    await writeFile(home.file, '{');
    await utimes(home.file, 1, 1);
    await session.setProject('x').catch(() => {});
    expect(session.state.status).toBe('signed_in');
    expect((await session.access()).upstreamToken).toBe('token-1');
  });

  test('is told once to whoever listens', async () => {
    const states: SessionState[] = [];
    const stop = session.onState((state) => states.push(state));
    await home.replace(await setProject('prj_second'));
    await waitFor(() => states.length > 0, 'a state');
    await home.overwrite(await change((user) => (user.unknown = 1)));
    await home.replace(await setProject('prj_third'));
    await waitFor(() => states.length > 1, 'another state');
    stop();
    expect(states.map(({ projectId }) => projectId)).toEqual(['prj_second', 'prj_third']);
  });
});

test('a token from the environment stands above the file, whose project and address still count', async () => {
  const fromEnvironment = home.session({ env: { MESHAGENT_TOKEN: 'env-token' } });
  expect(await fromEnvironment.ready()).toMatchObject({ status: 'environment', variable: 'MESHAGENT_TOKEN' });
  expect(await fromEnvironment.access()).toEqual({
    baseUrl: SERVICE,
    upstreamToken: 'env-token',
    projectId: 'prj_simulated',
  });
  expect(await fromEnvironment.accessAfterRefusal('env-token')).toBeUndefined();
  await home.replace(await setProject('prj_second'));
  await waitFor(async () => (await fromEnvironment.access()).projectId === 'prj_second', 'the other project');
});
