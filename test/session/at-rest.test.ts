/**
 * Nothing ticks while nothing is to be done: the pace at which things are looked at without being told is far beyond the
 * tests here, so what they see was told by the system, or was known ahead.
 */
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Session } from '../../src/session/session.js';
import { createSimulator } from '../../src/simulator/index.js';
import { makeHome, type SessionHome, signedIn } from '../helpers/session-home.js';
import { createTestClock } from '../helpers/test-clock.js';
import { waitFor } from '../helpers/wait-for.js';

const HOUR = 3_600_000;

let home: SessionHome;
beforeEach(async () => {
  home = await makeHome(signedIn('http://127.0.0.1:9', { accessToken: 'token-1', refreshToken: 'r' }));
});
afterEach(() => home.remove());

async function withProject(id: string) {
  const file = await home.json();
  file.users.usr_1.project.active_project = id;
  return file;
}

async function sees(session: Session, id: string): Promise<void> {
  await waitFor(() => session.state.projectId === id, `the project ${id}`);
}

/** A session that has come to rest: it looks by itself again, an hour from now. */
async function resting(): Promise<Session> {
  const session = home.session({ restMs: HOUR });
  await session.ready();
  await home.replace(await withProject('prj_first'));
  await sees(session, 'prj_first');
  return session;
}

test('a file that is replaced, written in place, taken away and put back', async () => {
  const session = await resting();
  for (const id of ['prj_a', 'prj_b']) {
    await home.replace(await withProject(id));
    await sees(session, id);
    await home.overwrite(await withProject(`${id}_in_place`));
    await sees(session, `${id}_in_place`);
  }
  await rename(home.file, `${home.file}.away`);
  await waitFor(() => session.state.status === 'signed_out', 'signed out');
  await rename(`${home.file}.away`, home.file);
  await waitFor(() => session.state.status === 'signed_in', 'signed in');
});

test('a folder that goes away, and another one in its place', async () => {
  const session = await resting();
  const settings = await withProject('prj_new');
  await rename(home.folder, `${home.folder}.away`);
  await waitFor(() => session.state.status === 'signed_out', 'signed out');
  await mkdir(home.folder);
  await home.replace(settings);
  await sees(session, 'prj_new');
  await rm(home.folder, { recursive: true });
  await waitFor(() => session.state.status === 'signed_out', 'signed out again');
  await mkdir(home.folder);
  await home.overwrite(settings);
  await sees(session, 'prj_new');
});

test('a link, and what it leads to', async () => {
  const elsewhere = path.join(home.dir, 'dotfiles');
  await mkdir(elsewhere);
  await rename(home.file, path.join(elsewhere, 'meshagent.json'));
  await symlink(path.join(elsewhere, 'meshagent.json'), home.file);
  const session = home.session({ restMs: HOUR });
  await session.ready();
  await home.overwrite(await withProject('prj_first'));
  await sees(session, 'prj_first');
  await home.overwrite(await withProject('prj_in_place'));
  await sees(session, 'prj_in_place');
});

test('a token is renewed ahead of its end', async () => {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  await home.replace(signedIn(simulator.url, simulator.issueSession(), 302));
  const session = home.session({ restMs: HOUR });
  await session.ready();
  expect(simulator.refreshes).toBe(0);
  await waitFor(() => simulator.refreshes === 1, 'a refresh, two seconds on');
});

test('a token that can not be renewed is told to have ended', async () => {
  await home.replace(signedIn('http://127.0.0.1:9', { accessToken: 'token-1' }, 2));
  const session = home.session({ restMs: HOUR });
  expect(await session.ready()).toMatchObject({ status: 'signed_in' });
  await waitFor(() => session.state.status === 'expired', 'the end of the session');
});

test('a service that can not be reached is asked again and again', async () => {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  simulator.failTokenEndpoint(1, 'reset');
  await home.replace(signedIn(simulator.url, simulator.issueSession(), -10));
  const session = home.session({ restMs: HOUR });
  expect(await session.ready()).toMatchObject({ status: 'offline' });
  await waitFor(() => session.state.status === 'signed_in', 'another try');
});

test('who says that the machine woke up has clock and token looked at', async () => {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  const clock = createTestClock();
  await home.replace(signedIn(simulator.url, simulator.issueSession(), 3600));
  const session = home.session({ restMs: HOUR, now: clock.now });
  await session.ready();
  clock.jump(8 * HOUR);
  session.look();
  await waitFor(() => simulator.refreshes === 1, 'a refresh');
});
