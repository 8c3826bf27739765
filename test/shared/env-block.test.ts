import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EnvPart, envBlock, envVariables, SHELLS, type Shell } from '../../src/shared/env-block.js';
import { hasProgram, runScript } from '../helpers/run.js';

const URL_OF_PROXY = 'http://127.0.0.1:8766';
const ANY_PRINTABLE = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i));
/** What some shell gives a meaning to, and characters that are more than one byte. */
const AWKWARD = [...'\'"`\\$%^&|<>()!#;=~*?[]{}@, -', ...'‘’‚‛ü€字😀', '$HOME', '%PATH%', '%self', '$(id)', '\\n'];
const key = fc
  .array(fc.oneof(fc.constantFrom(...ANY_PRINTABLE), fc.constantFrom(...AWKWARD)), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));

describe.each([
  ['sh', 'sh', ['-c']],
  ['sh', 'bash', ['--norc', '-c']],
  ['sh', 'zsh', ['-f', '-c']],
  ['fish', 'fish', ['--no-config', '-c']],
  ['powershell', 'pwsh', ['-NoProfile', '-NonInteractive', '-Command']],
] as const)('the %s block in a real %s', (shell, program, args) => {
  test('sets the very key, whatever it is made of', ({ skip }) => {
    skip(!hasProgram(program), `there is no ${program} here`);
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8' };
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 40 }), (keys) => {
        const script = keys.map((localKey) => envBlock({ url: URL_OF_PROXY, localKey, shell }) + show(shell)).join('');
        const shown = runScript(program, args, script, env);
        const expected = keys.flatMap((localKey) => envVariables(URL_OF_PROXY, localKey).map(([, value]) => value));
        expect(shown.split('\n').slice(0, -1)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});

/** Shell text that prints the four variables, a line each. */
function show(shell: Shell): string {
  return envVariables('', '')
    .map(([name]) =>
      shell === 'powershell' ? `[Console]::Out.Write($env:${name} + "\`n")\n` : `printf '%s\\n' "$${name}"\n`,
    )
    .join('');
}

test('cmd: carets and percent signs as its prompt reads them', () => {
  const variables = { PATH: 'C:\\Windows', A: 'x', a: 'x', '1': 'x' };
  fc.assert(
    fc.property(key, (localKey) => {
      const block = envBlock({ url: URL_OF_PROXY, localKey, shell: 'cmd' });
      expect(readCmd(block, variables)).toEqual(Object.fromEntries(envVariables(URL_OF_PROXY, localKey)));
    }),
    { numRuns: 2000 },
  );
});

/**
 * cmd's prompt, as far as `set` goes. First `%NAME%` and `%NAME:old=new%` give way to a variable's value, if there is
 * such a variable; then a caret takes the meaning from the next character, at the line's end from the line break; a
 * quote switches carets off; `& | < >` and brackets end the command.
 */
function readCmd(text: string, variables: Record<string, string>): Record<string, string> {
  const known = new Map(Object.entries(variables).map(([name, value]) => [name.toUpperCase(), value]));
  const replaced = text.replace(
    /%([^%:\r\n]+)(?::[^%\r\n]*)?%/g,
    (all, name: string) => known.get(name.toUpperCase()) ?? all,
  );
  const set: Record<string, string> = {};
  let line = '';
  let quoted = false;
  for (let i = 0; i < replaced.length; i++) {
    const character = replaced[i] as string;
    if (character === '^' && !quoted) {
      i += replaced.startsWith('\r\n', i + 1) ? 3 : 1;
      line += replaced[i] ?? '';
    } else if (character === '\r') {
      i += 1;
      const [, name, value] = /^set ([^=]+)=(.*)$/s.exec(line) ?? [];
      if (name !== undefined && value !== undefined) set[name] = value;
      line = '';
      quoted = false;
    } else {
      if (character === '"') quoted = !quoted;
      if (/[&|<>()]/.test(character) && !quoted) throw new Error(`the command ends at ${character}`);
      line += character;
    }
  }
  return set;
}

/** With both of the other quotes in it only double quotes are left, and they read `\n` as a line break. */
function isSayable(text: string): boolean {
  return !(text.includes("'") && text.includes('`') && /"|\\[nr]/.test(text));
}

test('dotenv: Node reads the very key, as far as its format can say it', () => {
  fc.assert(
    fc.property(key.filter(isSayable), (localKey) => {
      const block = envBlock({ url: URL_OF_PROXY, localKey, shell: 'dotenv' });
      expect(parseEnv(block)).toEqual(Object.fromEntries(envVariables(URL_OF_PROXY, localKey)));
    }),
    { numRuns: 2000 },
  );
});

test('dotenv: the npm package reads the very key, as far as its format can say it', () => {
  const isSayableThere = (text: string) => isSayable(text) && !(text.endsWith('\\') && /[#\s'"`]/.test(text));
  fc.assert(
    fc.property(key.filter(isSayableThere), (localKey) => {
      const block = envBlock({ url: URL_OF_PROXY, localKey, shell: 'dotenv' });
      expect(readDotenv(block)).toEqual(Object.fromEntries(envVariables(URL_OF_PROXY, localKey)));
    }),
    { numRuns: 2000 },
  );
});

/** The rules of the npm package "dotenv" 16 and 17 (its README, "Rules"; lib/main.js). */
function readDotenv(text: string): Record<string, string> {
  const line =
    /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/gm;
  const values: Record<string, string> = {};
  for (const [, name, raw] of text.matchAll(line)) {
    const trimmed = (raw ?? '').trim();
    const bare = trimmed.replace(/^(['"`])([\s\S]*)\1$/gm, '$2');
    values[name as string] = trimmed.startsWith('"') ? bare.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : bare;
  }
  return values;
}

test('dotenv: a key with all kinds of quotes is escaped as Python, Ruby and Compose undo it', () => {
  const block = envBlock({ url: URL_OF_PROXY, localKey: `a'b"c\`d$e\\f`, shell: 'dotenv' });
  expect(block).toContain('OPENAI_API_KEY="a\'b\\"c\\`d\\$e\\\\f"\n');
});

test('json: one object', () => {
  fc.assert(
    fc.property(key, (localKey) => {
      const block = envBlock({ url: URL_OF_PROXY, localKey, shell: 'json' });
      expect(JSON.parse(block)).toEqual(Object.fromEntries(envVariables(URL_OF_PROXY, localKey)));
    }),
  );
});

test('an ordinary key is there as it is', () => {
  expect(envBlock({ url: URL_OF_PROXY, localKey: 'k-9_Z', shell: 'sh' })).toBe(
    [
      'export OPENAI_BASE_URL=http://127.0.0.1:8766/openai/v1',
      'export OPENAI_API_KEY=k-9_Z',
      'export ANTHROPIC_BASE_URL=http://127.0.0.1:8766/anthropic',
      'export ANTHROPIC_API_KEY=k-9_Z',
      'export GROK_BASE_URL=http://127.0.0.1:8766/grok/v1',
      'export GROK_API_KEY=k-9_Z',
      'export XAI_BASE_URL=http://127.0.0.1:8766/grok/v1',
      'export XAI_API_KEY=k-9_Z',
      '',
    ].join('\n'),
  );
});

test.each(SHELLS)('%s: what most people use and what they do not, apart, are the whole block together', (shell) => {
  const block = (part?: EnvPart) => envBlock({ url: URL_OF_PROXY, localKey: 'k', shell, part });
  expect(block('usual')).not.toMatch(/GROK|XAI/);
  expect(block('rare')).not.toMatch(/OPENAI|ANTHROPIC/);
  const whole = shell === 'json' ? { ...JSON.parse(block('usual')), ...JSON.parse(block('rare')) } : undefined;
  expect(block()).toBe(whole ? `${JSON.stringify(whole, null, 2)}\n` : block('usual') + block('rare'));
  for (const name of ['GROK_BASE_URL', 'GROK_API_KEY', 'XAI_BASE_URL', 'XAI_API_KEY']) expect(block()).toContain(name);
});

test.each(SHELLS)('%s: a key that could break out of its line is refused', (shell) => {
  for (const localKey of ['a\nb', 'a\rb', 'a\0b', 'a\u001bb', 'a\u0085b']) {
    expect(() => envBlock({ url: URL_OF_PROXY, localKey, shell })).toThrow(TypeError);
  }
});
