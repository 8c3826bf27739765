import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SHELLS, type Shell } from '../../src/shared/env-block.js';
import { ask, desktop, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

/** What is on the clipboard, as another program gets it. */
const pasted = () => desktop('xclip', '-selection', 'clipboard', '-o');

/** How each form is used on this machine: the program and its arguments, given the file it was pasted into. */
const USES: Partial<Record<Shell, (file: string) => [string, string[]]>> = {
  sh: (file) => ['sh', ['-c', `. ${file}; env`]],
  fish: (file) => ['fish', ['-c', `source ${file}; env`]],
  powershell: (file) => [
    'pwsh',
    ['-NoProfile', '-Command', `. ${file}; Get-ChildItem env: | % { "$($_.Name)=$($_.Value)" }`],
  ],
  dotenv: (file) => [
    process.execPath,
    ['--env-file', file, '-p', 'Object.entries(process.env).map((e) => e.join("=")).join("\\n")'],
  ],
  json: (file) => [
    process.execPath,
    ['-p', `Object.entries(JSON.parse(fs.readFileSync('${file}'))).map((e) => e.join("=")).join("\\n")`],
  ],
};
const OTHER_PROGRAMS_OF_SH = ['bash', 'zsh'];

for (const shell of SHELLS) {
  test(`the env block for ${shell} is on the clipboard, and a client that uses it is answered`, async ({
    launch,
    home,
  }) => {
    const { popover, url } = await launch();
    await proxyIs(popover, 'running');
    const { masked } = await ask(popover, 'env:copy', { kind: 'env', shell });
    expect(masked).not.toContain(LOCAL_KEY);
    const text = await pasted();
    for (const part of [`${url}/openai/v1`, `${url}/anthropic`, LOCAL_KEY]) expect(text).toContain(part);
    const use = USES[shell];
    test.skip(!use || !has(use('')[0]), `${shell} is not on this machine.`);
    if (!use) return;
    const file = path.join(home, shell === 'powershell' ? 'pasted.ps1' : 'pasted');
    await writeFile(file, text);
    const [program, args] = use(file);
    const programs = shell === 'sh' ? [program, ...OTHER_PROGRAMS_OF_SH.filter(has)] : [program];
    for (const one of programs) {
      const variables = Object.fromEntries(
        execFileSync(one, args, { encoding: 'utf8', env: { PATH: process.env.PATH } })
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      const answer = await fetch(`${variables.OPENAI_BASE_URL}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${variables.OPENAI_API_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'gpt-5.4', messages: [{ role: 'user', content: 'ping' }] }),
      });
      expect(answer.status, one).toBe(200);
      expect(variables.ANTHROPIC_BASE_URL).toBe(`${url}/anthropic`);
      expect(variables.ANTHROPIC_API_KEY).toBe(LOCAL_KEY);
    }
  });
}

function has(program: string): boolean {
  if (program === process.execPath) return true;
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
