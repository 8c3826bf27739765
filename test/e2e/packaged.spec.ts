import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { clickTray, expect, proxyIs, test } from './fixtures.js';
import { sendTraffic } from './traffic.js';

const FOLDER = path.resolve(import.meta.dirname, '../../release/linux-unpacked');
const ARCHIVE = path.join(FOLDER, 'resources/app.asar');
const PROGRAM = path.join(FOLDER, 'meshbar');

test.skip(!existsSync(ARCHIVE), 'there is no package here: `npm run package -- --dir` makes one');

test('the packaged archive starts, passes traffic on and shows it', async ({ launch }) => {
  const launched = await launch({ appPath: ARCHIVE });
  await proxyIs(launched.popover, 'running');
  expect(launched.popover.url()).toMatch(/^meshbar:\/\/app\//);
  expect(await launched.app.evaluate(({ app }) => app.getAppPath())).toBe(ARCHIVE);
  await clickTray();
  await sendTraffic(launched);
  await expect(launched.popover.getByText('claude-sonnet-4-6').first()).toBeVisible();
  await expect(launched.popover.getByText('gpt-5.4-mini').first()).toBeVisible();
});

test('the packaged program cannot be used as a Node', async () => {
  const ran = promisify(execFile)(PROGRAM, ['-e', 'console.log("ran " + "it")'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPLAY: '' },
    timeout: 20_000,
  });
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  expect(stdout).not.toContain('ran it');
});

test('only what runs is in the archive', async () => {
  const names = Object.keys(flatten((await readHeader(ARCHIVE)).files));
  const needed = ['package.json', 'out/main/index.cjs', 'out/renderer/index.html', 'assets/icons/256x256.png'];
  expect(names).toEqual(expect.arrayContaining(needed));
  expect(
    names.filter((name) => !needed.includes(name) && !/^(?:out\/(?:main|preload|renderer)|assets\/tray)\//.test(name)),
  ).toEqual([]);
  expect(names.filter((name) => /\.(?:ts|tsx|map)$/.test(name))).toEqual([]);
});

interface Folder {
  readonly files: Readonly<Record<string, Folder | { readonly size: number }>>;
}

/** An asar begins with two pickles: the header's size, and the header, a JSON text behind its own length. */
async function readHeader(file: string): Promise<Folder> {
  const handle = await open(file);
  try {
    const sizes = Buffer.alloc(16);
    await handle.read(sizes, 0, 16, 0);
    const text = Buffer.alloc(sizes.readUInt32LE(12));
    await handle.read(text, 0, text.length, 16);
    return JSON.parse(text.toString('utf8')) as Folder;
  } finally {
    await handle.close();
  }
}

function flatten(files: Folder['files'], prefix = ''): Record<string, true> {
  return Object.entries(files).reduce<Record<string, true>>((all, [name, entry]) => {
    const full = `${prefix}${name}`;
    return 'files' in entry
      ? Object.assign(all, flatten(entry.files, `${full}/`))
      : Object.assign(all, { [full]: true });
  }, {});
}
