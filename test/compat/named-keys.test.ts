import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { UsageGroup } from '../../src/shared/usage.js';
import { runHere } from '../helpers/command-here.js';
import { createHome, runMeshbar } from '../helpers/terminal.js';
import { CHAT, MESSAGE, startAccounts, thrownBy } from './accounts-machine.js';

// Each runs the command several times.
vi.setConfig({ testTimeout: 60_000 });

test('each key is counted by itself, in records and sums, over HTTP and WebSocket', async () => {
  const { createKey, openai, anthropic, meshbar, meshbarHere, recorded, url, simulator } = await startAccounts();
  const [codex, claude] = [await createKey({ label: 'codex' }), await createKey({ label: 'claude' })];
  for (const { key } of [codex, claude]) simulator.forbid(key);
  await openai(codex.key).chat.completions.create(CHAT);
  await anthropic(claude.key).messages.create(MESSAGE);
  await openai().chat.completions.create(CHAT);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/openai/v1/responses`, {
    headers: { authorization: `Bearer ${codex.key}` },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'response.create', model: 'gpt-5.4', input: 'hello' }));
  await new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      if (String(data).includes('"response.completed"')) resolve();
    });
  });
  socket.close();

  const records = await recorded(4);
  expect(records.map(({ keyId, transport }) => [keyId, transport]).sort()).toEqual(
    [
      [codex.id, 'http'],
      [claude.id, 'http'],
      [undefined, 'http'],
      [codex.id, 'websocket'],
    ].sort(),
  );
  const groups = JSON.parse((await meshbar('usage', '--by', 'key', '--json')).stdout) as UsageGroup[];
  expect(groups.map(({ key, label, exchanges }) => [key, label, exchanges]).sort()).toEqual(
    [
      ['', '(shared key)', 1],
      [codex.id, 'codex', 2],
      [claude.id, 'claude', 1],
    ].sort(),
  );
  expect((await meshbarHere('usage', '--by', 'project')).stdout).toMatch(/\nprj_simulated +4 /);
  expect(simulator.violations).toEqual([]);
});

test('a revoked key is refused at once by its name, in each provider’s shape, and no other is', async () => {
  const { createKey, openai, anthropic, meshbar, forwarded } = await startAccounts();
  const [old, other] = [await createKey({ label: 'old' }), await createKey({ label: 'other' })];
  await openai(old.key).chat.completions.create(CHAT);
  expect((await meshbar('key', 'revoke', 'old')).stdout).toMatch(/^Revoked: old \(key_\w+\)/);
  const before = forwarded().length;
  const openaiError = await thrownBy(openai(old.key).chat.completions.create(CHAT));
  expect(openaiError).toBeInstanceOf(OpenAI.AuthenticationError);
  expect(openaiError.message).toContain('The key “old” was revoked.');
  const anthropicError = await thrownBy(anthropic(old.key).messages.create(MESSAGE));
  expect(anthropicError).toBeInstanceOf(Anthropic.AuthenticationError);
  expect(anthropicError.message).toContain('The key “old” was revoked.');
  expect(forwarded()).toHaveLength(before);
  await openai(other.key).chat.completions.create(CHAT);
  await openai().chat.completions.create(CHAT);
});

test('temporary keys end with the proxy, others stay', async () => {
  const { createKey, openai, meshbar, proxy } = await startAccounts();
  const key = await createKey({ label: 'run', temporary: true });
  await createKey({ label: 'lasting' });
  await openai(key.key).chat.completions.create(CHAT);
  proxy.kill('SIGTERM');
  await proxy.ended;
  const list = (await meshbar('key', 'list')).stdout;
  expect(list).toMatch(/\nlasting +key_\w+ +active /);
  expect(list).toMatch(/\nrun +key_\w+ +ended /);
});

test('the key is printed alone, and bad input says what to do', async () => {
  const { env } = createHome();
  const made = await runMeshbar(['key', 'create', 'ci', '--limit', '5/day'], env);
  expect(made.stdout).toMatch(/^mb-[\w-]{43}\n$/);
  expect(made.stderr).toMatch(/^The key "ci" \(key_\w+, \$5\.00\/day\) is shown only this once\./);
  const wrong = [
    ['create ci', 'There is already a key “ci”'],
    ['create x --limit 5', 'such as 5/day'],
    ['create x --limit 0/day', 'such as 5/day'],
    ['create x --expires soon', 'such as 24h'],
    ['create x --expires 2020-01-01', 'in the past'],
    [`create ${'x'.repeat(61)}`, '1 to 60 characters'],
    ['revoke nobody', 'meshbar key list'],
  ] as const;
  for (const [args, words] of wrong) {
    const { code, stdout, stderr } = await runHere(['key', ...args.split(' ')], env);
    expect([args, stdout, stderr]).toEqual([args, '', expect.stringContaining(words)]);
    expect(code).not.toBe(0);
  }
});
