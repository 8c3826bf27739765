import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures.js';
import { argumentsFor, electronPath, environmentFor, freePort } from './launch.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** `npm start` without the build, with an Electron that is told what a test's machine needs. */
async function start(
  home: string,
  electron: string,
): Promise<{ child: ChildProcess; output: () => string; port: number }> {
  const folder = path.join(home, 'electron');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'electron'), electron);
  await chmod(path.join(folder, 'electron'), 0o755);
  const port = await freePort();
  await mkdir(path.join(home, 'meshbar'), { recursive: true });
  await writeFile(path.join(home, 'meshbar/settings.json'), JSON.stringify({ port }));
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/start.ts'), '--demo'], {
    env: { ...environmentFor(home), ELECTRON_OVERRIDE_DIST_PATH: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output, port };
}

async function end(child: ChildProcess): Promise<number | null> {
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return code;
}

test('npm start opens the app, and ends with it', async ({ home }) => {
  const [noSandbox, ...preload] = argumentsFor().slice(0, -1);
  const words = [electronPath(), noSandbox, ...preload].map((word) => `'${word}'`).join(' ');
  const { child, output, port } = await start(home, `#!/bin/sh\nexec ${words} "$@"\n`);
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      ),
    )
    .toBe(true);
  expect(output()).toContain('Meshbar is opening');
  expect(output()).not.toContain('in the terminal instead');
  expect(await end(child)).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test('an Electron that does not start: one line says why, and the terminal form runs', async ({ home }) => {
  const words = 'Running as root without --no-sandbox is not supported.';
  const { child, output } = await start(home, `#!/bin/sh\necho '[1:1:ERROR:x.cc(1)] ${words}' >&2\nexit 1\n`);
  await expect.poll(output).toContain('listens on http://127.0.0.1:');
  expect(output()).toContain(`Electron did not start (${words}): Meshbar runs in the terminal instead.`);
  expect(output()).toContain('simulator answers');
  expect(await end(child)).toBe(0);
});
