import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';

const BUILT = new URL('../../out/terminal/simulator.js', import.meta.url).pathname;

test('the built program says where it is and ends when told', async () => {
  const child = spawn(process.execPath, [BUILT, '--rotate', '--access-token-seconds', '7']);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  try {
    await waitFor(() => output.includes('MESHAGENT_PROJECT_ID'), 'its address', 10_000);
    const { MESHAGENT_API_URL } = Object.fromEntries(output.split('\n').map((line) => line.split('=', 2)));
    const response = await fetch(`${MESHAGENT_API_URL}/__simulator/sessions`, { method: 'POST', body: '{}' });
    expect(await response.json()).toMatchObject({ expiresIn: 7 });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
});
