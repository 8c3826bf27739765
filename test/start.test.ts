import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from './helpers/temp-folder.js';
import { waitFor } from './helpers/wait-for.js';

test.runIf(process.platform === 'linux')('npm start without a display says so and runs the terminal form', async () => {
  const home = tempFolder();
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:DISPLAY|WAYLAND_DISPLAY|MESHAGENT_.*)$/.test(name)),
  );
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: { ...env, HOME: home, MESHBAR_HOME: path.join(home, 'meshbar') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  // The usual port may be taken on the machine of whoever runs this; what is said before it is what is tested.
  await waitFor(() => output.includes('demo') || child.exitCode !== null, 'the terminal form to begin', 15_000);
  expect(output.split('\n')[0]).toBe('There is no display here: Meshbar runs in the terminal instead.');
  expect(output).toContain('this is a demo, with a simulator behind it');
  child.kill('SIGTERM');
  await ended;
});
