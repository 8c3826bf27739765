import { expect, test } from 'vitest';
import { checksFor } from '../../../../src/renderer/views/connect/shell-words.js';
import { SHELLS, shellsFrom } from '../../../../src/shared/env-block.js';

test('the person’s own shell comes first, and none is lost', () => {
  for (const shell of SHELLS) {
    const order = shellsFrom(SHELLS, shell);
    expect(order[0]).toBe(shell);
    expect([...order].sort()).toEqual([...SHELLS].sort());
  }
});

test('what to check fits what was copied', () => {
  const commands = (what: Parameters<typeof checksFor>[0]) => checksFor(what).flatMap(({ command }) => command ?? []);
  expect(commands({ kind: 'env', shell: 'fish' })).toEqual(['env | grep -E "OPENAI|ANTHROPIC|GROK|XAI"']);
  expect(commands({ kind: 'env', shell: 'powershell' })[0]).toMatch(/^Get-ChildItem env:/);
  expect(commands({ kind: 'env', shell: 'cmd' })).toEqual(['set | findstr "OPENAI ANTHROPIC GROK XAI"']);
  expect(checksFor({ kind: 'env', shell: 'sh' })[0]?.question).toMatch(/same terminal/);
  for (const what of [
    { kind: 'env', shell: 'dotenv' },
    { kind: 'snippet', snippet: 'codex' },
  ] as const) {
    expect(checksFor(what)[0]?.question).toMatch(/save the text where/);
  }
  expect(checksFor({ kind: 'address' })[0]?.question).toMatch(/both the address and the local key/);
  expect(checksFor({ kind: 'address' })[1]?.question).toContain('`/openai/v1`, `/anthropic`, or `/grok/v1`');
});
