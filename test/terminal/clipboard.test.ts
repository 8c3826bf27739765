import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { copyFromTerminal } from '../../src/terminal/clipboard.js';
import { createHome } from '../helpers/terminal.js';

const TEXT = "export OPENAI_API_KEY='it'\\''s ü'\n";

/** Programs that are found on the way, as shell scripts; `took` tells what one of them took. */
function machine(scripts: Record<string, string>) {
  const { home } = createHome();
  const folder = path.join(home, 'bin');
  mkdirSync(folder);
  for (const [name, script] of Object.entries(scripts)) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(file, 0o755);
  }
  const sent: string[] = [];
  return {
    env: { PATH: folder, HOME: home } as NodeJS.ProcessEnv,
    stdout: { write: (text: string) => sent.push(text) },
    sent,
    took: (name: string) => {
      const file = path.join(home, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  };
}

test.each([
  ['pbcopy', 'darwin', {}, ''],
  ['wl-copy', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, ''],
  ['xclip', 'linux', { DISPLAY: ':0' }, '-selection clipboard'],
  ['xsel', 'linux', { DISPLAY: ':0' }, '--clipboard --input'],
  ['clip.exe', 'linux', { WSL_DISTRO_NAME: 'Debian' }, ''],
  ['tmux', 'linux', { TMUX: '/tmp/tmux-0/default,1,0' }, 'load-buffer -w -'],
] as const)('%s takes the text, which is not among its arguments', async (name, platform, variables, args) => {
  const { env, stdout, sent, took } = machine({ [name]: `cat > "$HOME/text"; echo "$*" > "$HOME/args"` });
  const result = await copyFromTerminal(TEXT, { stdout, env: { ...env, ...variables }, platform });
  expect(result).toEqual({ message: `Copied with ${name}.`, worked: true });
  expect(took('text')).toBe(TEXT);
  expect(took('args')).toBe(`${args}\n`);
  expect(sent).toEqual([]);
});

test('where there is none, the terminal is asked (OSC 52), and nobody says that it worked', async () => {
  const { env, stdout, sent } = machine({});
  const result = await copyFromTerminal(TEXT, { stdout, env, platform: 'linux' });
  expect(result).toEqual({
    message: 'Sent to the terminal (OSC 52): paste to check it.',
    worked: undefined,
  });
  expect(sent).toEqual([`\u001b]52;c;${Buffer.from(TEXT).toString('base64')}\u0007`]);
});

test('one that fails gives way to the next, and is named', async () => {
  const { env, stdout, took } = machine({ xclip: 'exit 3', xsel: 'cat > "$HOME/text"' });
  const result = await copyFromTerminal(TEXT, { stdout, env: { ...env, DISPLAY: ':0' }, platform: 'linux' });
  expect(result.worked).toBe(true);
  expect(took('text')).toBe(TEXT);
  const alone = machine({ xclip: 'exit 3' });
  const failed = await copyFromTerminal(TEXT, {
    stdout: alone.stdout,
    env: { ...alone.env, DISPLAY: ':0' },
    platform: 'linux',
  });
  expect(failed.message).toMatch(/^xclip ended with code 3; sent to the terminal \(OSC 52\)/);
  expect(failed.worked).toBeUndefined();
});

test('one that leaves a process behind, as xclip does, is not waited for', async () => {
  const { env, stdout } = machine({ xclip: 'cat > "$HOME/text"; (sleep 5; echo late) & exit 0' });
  const result = await copyFromTerminal(TEXT, { stdout, env: { ...env, DISPLAY: ':0' }, platform: 'linux' });
  expect(result.worked).toBe(true);
});

test('without a display, and over SSH, the programs of the other machine are left alone', async () => {
  const scripts = { xclip: 'touch "$HOME/used"', pbcopy: 'touch "$HOME/used"', 'clip.exe': 'touch "$HOME/used"' };
  const plain = machine(scripts);
  await copyFromTerminal(TEXT, { stdout: plain.stdout, env: plain.env, platform: 'linux' });
  const remote = machine(scripts);
  await copyFromTerminal(TEXT, {
    stdout: remote.stdout,
    env: { ...remote.env, SSH_CONNECTION: 'a b' },
    platform: 'darwin',
  });
  for (const { sent, took } of [plain, remote]) {
    expect(took('used')).toBeUndefined();
    expect(sent).toHaveLength(1);
  }
});
