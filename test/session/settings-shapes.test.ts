import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeHome, type SessionHome, unprivileged } from '../helpers/session-home.js';

const FAR = Math.floor(Date.now() / 1000) + 36_000;
const PAST = FAR - 72_000;

interface Shape {
  readonly name: string;
  /** The text of settings.json, or what else to put there. */
  readonly put: string | ((home: SessionHome) => Promise<void>);
  readonly status: string;
  readonly user?: string;
  readonly projectId?: string;
  readonly localKey?: string;
  /** Whether storing a project works; where it does not, the file stays as it is. */
  readonly storable: boolean;
}

const session = { access_token: 'a', refresh_token: 'r', expires_at: FAR };
const json = (value: unknown) => JSON.stringify(value);

const SHAPES: readonly Shape[] = [
  { name: 'no folder', put: async (home) => home.remove(), status: 'signed_out', storable: true },
  { name: 'no file', put: async () => {}, status: 'signed_out', storable: true },
  { name: 'an empty file', put: '', status: 'signed_out', storable: true },
  { name: 'an empty object', put: '{}', status: 'signed_out', storable: true },
  { name: 'no users', put: json({ active_user_id: null, users: {} }), status: 'signed_out', storable: true },
  {
    name: 'one user, named active',
    put: json({ active_user_id: 'u', users: { u: { session, project: { active_project: 'p' } } } }),
    status: 'signed_in',
    user: 'u',
    projectId: 'p',
    storable: true,
  },
  {
    name: 'one user, nobody named active',
    put: json({ users: { only: { session } } }),
    status: 'signed_in',
    user: 'only',
    storable: true,
  },
  {
    name: 'several users, one named active',
    put: json({
      active_user_id: 'b',
      users: { a: { session: null }, b: { session, project: { active_project: 'pb' } } },
    }),
    status: 'signed_in',
    user: 'b',
    projectId: 'pb',
    storable: true,
  },
  {
    name: 'several users, nobody named active',
    put: json({ users: { a: { session }, b: { session } } }),
    status: 'signed_out',
    storable: true,
  },
  {
    name: 'the active user is not among the users',
    put: json({ active_user_id: 'gone', users: { a: { session }, b: { session } } }),
    status: 'signed_out',
    storable: true,
  },
  {
    name: 'the active user is not among the users, but __local__ is',
    put: json({ active_user_id: 'gone', users: { a: { session: null }, __local__: { session } } }),
    status: 'signed_in',
    user: '__local__',
    storable: true,
  },
  {
    name: '__local__ beside an active user',
    put: json({ active_user_id: 'a', users: { a: { session }, __local__: { session: null } } }),
    status: 'signed_in',
    user: 'a',
    storable: true,
  },
  {
    name: 'signed out, with a local key',
    put: json({ users: { a: { session: null, project: { llm_proxy_bearer_token: 'kept' } } } }),
    status: 'signed_out',
    localKey: 'kept',
    storable: true,
  },
  {
    name: 'missing fields: a bare access token',
    put: json({ users: { a: { session: { access_token: 'a' } } } }),
    status: 'signed_in',
    user: 'a',
    storable: true,
  },
  {
    name: 'missing fields: ended, and nothing to refresh with',
    put: json({ users: { a: { session: { access_token: 'a', expires_at: PAST } } } }),
    status: 'expired',
    user: 'a',
    storable: true,
  },
  { name: 'missing fields: an empty user', put: json({ users: { a: {} } }), status: 'signed_out', storable: true },
  {
    name: 'extra fields',
    put: json({ version: 7, users: { a: { session: { ...session, extra: [1] }, extra: { deep: null } } } }),
    status: 'signed_in',
    user: 'a',
    storable: true,
  },
  {
    name: 'wrong types in the leaves',
    put: json({ active_user_id: 5, users: { a: { session: { access_token: 5 }, project: { active_project: {} } } } }),
    status: 'signed_out',
    storable: true,
  },
  {
    name: 'wrong types: expires_at is a text',
    put: json({ users: { a: { session: { access_token: 'a', expires_at: 'soon' } } } }),
    status: 'signed_in',
    user: 'a',
    storable: true,
  },
  { name: 'wrong types: a user is a list', put: json({ users: { a: [] } }), status: 'signed_out', storable: true },
  { name: 'wrong types: users is a list', put: json({ users: [{ session }] }), status: 'signed_out', storable: false },
  { name: 'wrong types: a list at the top', put: json([session]), status: 'signed_out', storable: false },
  { name: 'wrong types: a text at the top', put: json('hello'), status: 'signed_out', storable: false },
  { name: 'not JSON', put: 'users: {}', status: 'signed_out', storable: false },
  { name: 'JSON cut off', put: '{"users": {"a": {"session": {"acc', status: 'signed_out', storable: false },
  {
    name: 'a byte order mark in front',
    put: `\uFEFF${json({ users: { a: { session } } })}`,
    status: 'signed_in',
    user: 'a',
    storable: true,
  },
  { name: 'a folder in its place', put: (home) => mkdir(home.file), status: 'signed_out', storable: false },
  {
    name: 'the older pair of files',
    put: async ({ folder }) => {
      await writeFile(path.join(folder, 'session.json'), json(session), { mode: 0o644 });
      await writeFile(
        path.join(folder, 'project.json'),
        json({ active_project: 'old', active_api_keys: { old: 'k' } }),
      );
    },
    status: 'signed_in',
    user: '__local__',
    projectId: 'old',
    storable: true,
  },
  {
    name: 'the older session alone',
    put: ({ folder }) => writeFile(path.join(folder, 'session.json'), json(session)),
    status: 'signed_in',
    user: '__local__',
    storable: true,
  },
  {
    name: 'the older project alone',
    put: ({ folder }) => writeFile(path.join(folder, 'project.json'), json({ active_project: 'old' })),
    status: 'signed_out',
    projectId: 'old',
    storable: true,
  },
  {
    name: 'the older pair, one of them not JSON',
    put: async ({ folder }) => {
      await writeFile(path.join(folder, 'session.json'), '{');
      await writeFile(path.join(folder, 'project.json'), json({ active_project: 'old' }));
    },
    status: 'signed_out',
    storable: false,
  },
  {
    name: 'the older pair beside the newer file',
    put: async (home) => {
      await writeFile(path.join(home.folder, 'session.json'), json(session));
      await home.replace({ users: {} });
    },
    status: 'signed_out',
    storable: true,
  },
];

let home: SessionHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => home.remove());

/** Nobody is in the middle of writing these files. */
async function age({ folder }: SessionHome): Promise<void> {
  const past = new Date(Date.now() - 3_600_000);
  for (const name of await readdir(folder).catch(() => [])) await utimes(path.join(folder, name), past, past);
}

const textOf = () => readFile(home.file, 'utf8').catch((error: NodeJS.ErrnoException) => error.code);

describe('what each shape of the settings file gives', () => {
  test.each(SHAPES)('$name', async ({ put, status, user, projectId, localKey, storable }) => {
    if (typeof put === 'string') await writeFile(home.file, put);
    else await put(home);
    await age(home);
    const before = await textOf();

    const opened = home.session();
    const state = await opened.ready();
    expect(state).toMatchObject({ status, projectId });
    if (user !== undefined) expect(state).toMatchObject({ user: { id: user } });
    if (status === 'signed_out' && !storable && !String(before).includes('users')) {
      expect(state).toMatchObject({ problem: { code: 'settings_unreadable' } });
    }
    if (localKey !== undefined) expect(await opened.localKey()).toMatchObject({ key: localKey });
    expect(await textOf(), 'reading changes nothing').toBe(before);

    if (!storable) {
      await expect(opened.setProject('new')).rejects.toMatchObject({ code: 'settings_unreadable' });
      expect(await textOf()).toBe(before);
      const key = await opened.localKey({ orForThisRun: true });
      expect(key).toMatchObject({ source: { key: 'session.keyFrom.madeForThisRun' } });
      return;
    }
    await opened.setProject('new');
    expect(opened.state.projectId).toBe('new');
    expect(await home.session().ready()).toMatchObject({ status, projectId: 'new' });
    expectReadableByTheCommand(await home.json());
  });

  test('permissions taken away', async () => {
    await home.replace({ users: { a: { session } } });
    await unprivileged(home, async () => {
      await chmod(home.file, 0o000);
      const opened = home.session();
      expect(await opened.ready()).toMatchObject({ status: 'signed_out', problem: { code: 'settings_unreadable' } });
      await expect(opened.setProject('new')).rejects.toMatchObject({ code: 'settings_unreadable' });
      await chmod(home.file, 0o600);
    });
    expect(await home.json()).toEqual({ users: { a: { session } } });
  });

  test('a local key that is stored needs no writing', async () => {
    await home.replace({ users: { a: { project: { llm_proxy_bearer_token: 'kept' } } } });
    await unprivileged(home, async () => {
      await chmod(home.folder, 0o500);
      expect(await home.session().localKey()).toEqual({
        key: 'kept',
        source: { key: 'session.keyFrom.file', values: { file: home.file } },
      });
    });
  });

  test('a read-only folder: read, not written, and left read-only', async () => {
    await home.replace({ users: { a: { session, project: { active_project: 'p' } } } });
    await unprivileged(home, async () => {
      await chmod(home.folder, 0o500);
      const opened = home.session();
      expect(await opened.ready()).toMatchObject({ status: 'signed_in', projectId: 'p' });
      await expect(opened.setProject('new')).rejects.toMatchObject({ code: 'settings_unwritable' });
      const key = await opened.localKey({ orForThisRun: true });
      expect(key).toMatchObject({ source: { key: 'session.keyFrom.madeForThisRun' } });
      await expect(opened.localKey()).rejects.toMatchObject({ code: 'settings_unwritable' });
    });
    expect(await home.json()).toMatchObject({ users: { a: { project: { active_project: 'p' } } } });
  });
});

/** The `meshagent` command refuses the whole file if a field it knows has another type. */
function expectReadableByTheCommand(settings: Record<string, unknown>): void {
  expect(typeof settings.active_user_id).toBe('string');
  const users = settings.users as Record<string, Record<string, Record<string, unknown>>>;
  const active = users[String(settings.active_user_id)];
  expect(active?.project?.active_api_keys).toBeTypeOf('object');
  expect(active?.project?.active_project).toBe('new');
}
