import { expect, test } from 'vitest';
import { chat, createSignedInHome, MESHBAR } from '../../helpers/terminal.js';
import { hasPty, runInPty } from '../../helpers/terminal-pty.js';
import { waitFor } from '../../helpers/wait-for.js';

const NO_PTY = 'there is no python3 here to make a pseudo-terminal';
const KEY = 'k3y-of-the-test';

async function openInPty(columns: number, rows: number, args: readonly string[] = []) {
  const { env } = await createSignedInHome();
  const command = [process.execPath, MESHBAR, 'proxy', '--port', '0', '--bearer', KEY, ...args];
  // What was on the screen before must be there after.
  const script = `echo before; ${command.map((word) => `'${word}'`).join(' ')}; code=$?; echo after; exit $code`;
  const run = runInPty(['sh', '-c', script], { ...env, TERM: 'xterm-256color' }, columns, rows);
  const shows = async (pattern: RegExp) => {
    await waitFor(() => pattern.test(run.screen.text), String(pattern), 10_000).catch(() => {
      throw new Error(`${pattern} is not in\n${run.screen.text}`);
    });
  };
  await shows(/● running/);
  return { ...run, shows, url: /http:\S+/.exec(run.screen.text)?.[0] as string };
}

test('in a real terminal: a request, a copy, q, and the shell as it was with the totals', async ({ skip }) => {
  skip(!hasPty, NO_PTY);
  const { screen, url, press, shows, exitCode } = await openInPty(100, 30);
  expect(screen.isAlternate).toBe(true);
  expect(screen.text).not.toContain('before');
  await (await chat({ url, key: KEY, plan: 'events=3' })).text();
  await shows(/POST \/v1\/chat.* 200 ok/);
  press('c');
  await shows(/OSC 52/);
  expect(screen.copied[0]).toContain(`OPENAI_API_KEY=${KEY}`);
  press('q');
  expect(await exitCode).toBe(0);
  expect(screen.isAlternate).toBe(false);
  expect(screen.isCursorHidden).toBe(false);
  expect(screen.lines[0]).toBe('before');
  expect(screen.lines[1]).toMatch(/^# 1 request · 0 failed · 0 interrupted/);
  expect(screen.text).toMatch(/\nafter/);
});

test('Ctrl-C waits for the stream under way, a second one cuts it', async ({ skip }) => {
  skip(!hasPty, NO_PTY);
  const { screen, url, press, shows, exitCode } = await openInPty(80, 24, ['--drain', '600']);
  const response = await chat({ url, key: KEY, plan: 'events=10;fault=stall;at=5' });
  await shows(/answering/);
  press('\u0003');
  await shows(/Waiting up to 600 s for 1 request in flight {3}Ctrl-C cuts it/);
  expect(screen.isAlternate).toBe(true);
  press('\u0003');
  expect(await exitCode).toBe(130);
  await expect(response.text()).rejects.toThrow();
  expect(screen.lines[0]).toBe('before');
  expect(screen.text).toMatch(/# 1 request · 0 failed · 1 interrupted/);
});
