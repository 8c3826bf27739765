import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PricedExchange } from '../../src/shared/usage.js';
import { runScript } from '../helpers/run.js';
import { chat, createHome, createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';

test('says where it listens and from where its token and key come, prints the exports, a line for each exchange, and totals', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'local-key-1'], env);
  const url = await meshbar.url();
  expect(meshbar.stdout).toMatch(/^# Meshbar \d\S+ listens on http:\/\/127\.0\.0\.1:\d+ for project prj_\S+\n/);
  expect(meshbar.stdout).toContain('# MeshAgent token: the environment variable MESHAGENT_TOKEN\n');
  expect(meshbar.stdout).toContain('# Local key: --bearer\n');

  await (await chat({ url, key: 'local-key-1', plan: 'input=1200;output=50' })).text();
  await meshbar.says(/curl {2}openai {2}POST \/v1\/chat\/completions {2}200 complete {2}gpt-5\.4 {2}in 1\.20 k /);
  const refused = await chat({ url, key: 'local-key-1', plan: 'status=429' });
  expect(refused.status).toBe(429);
  await refused.text();
  await meshbar.says(/429 failed {2}gpt-5\.4 .*rate_limit/);

  meshbar.kill('SIGTERM');
  const { code, stdout, stderr } = await meshbar.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /\n# 2 requests · 1 failed · 0 interrupted · in 1\.20 k \(cached \S+\) · out 50 · cost \$\S+ \+ surcharge \S+ = \$\S+\n$/,
  );
  expect(stderr).toBe('');
});

test('its set-up, comments and all, can be pasted into sh', async () => {
  const { env } = await createSignedInHome();
  const key = `a'b$HOME\`id\`"\\!*`;
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', key], env);
  const url = await meshbar.url();
  await meshbar.says(/ANTHROPIC_API_KEY=.*\n/, 'stdout');
  const shown = runScript('sh', ['-c'], `${meshbar.stdout}\nprintf '%s\\n' "$OPENAI_BASE_URL" "$OPENAI_API_KEY"`, {});
  expect(shown).toBe(`${url}/openai/v1\n${key}\n`);
  const answer = await chat({ url, key });
  expect(answer.status).toBe(200);
  await answer.text();
});

test('--json: records, one a line, and nothing else on standard output', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'local-key-1', '--json'], env);
  const url = await meshbar.url();
  await (await chat({ url, key: 'local-key-1' })).text();
  await (await chat({ url, key: 'local-key-1', plan: 'status=401' })).text();
  await meshbar.says(/\n.*\n/, 'stdout');
  meshbar.kill('SIGINT');
  const { code, stdout, stderr } = await meshbar.ended;
  expect(code).toBe(0);
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PricedExchange);
  expect(records.map(({ status, outcome }) => [status, outcome])).toEqual([
    [200, 'complete'],
    [401, 'failed'],
  ]);
  expect(stderr).toContain('export OPENAI_API_KEY=local-key-1\n');
  expect(stderr).toMatch(/# 2 requests · 1 failed/);
});

test('--shell json: the exports, parseable, and nothing else on standard output', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k', '--shell', 'json'], env);
  const url = await meshbar.url();
  await (await chat({ url, key: 'k' })).text();
  await meshbar.says(/200 complete/, 'stderr');
  meshbar.kill('SIGINT');
  const { stdout } = await meshbar.ended;
  expect(JSON.parse(stdout)).toMatchObject({ OPENAI_BASE_URL: `${url}/openai/v1`, ANTHROPIC_API_KEY: 'k' });
});

test('--insecure: no key is asked for, and the exports say so', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--insecure'], env);
  const url = await meshbar.url();
  await meshbar.says(/export OPENAI_API_KEY=meshagent-insecure\n/);
  const answer = await chat({ url, key: 'anything' });
  expect(answer.status).toBe(200);
  await answer.text();
});

test.each(['::1', '[::1]', '0.0.0.0', '::', 'localhost'])('--host %s: the printed address works', async (host) => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k', '--host', host], env);
  const url = await meshbar.url();
  const health = await fetch(`${url}/healthz`);
  expect(await health.json()).toMatchObject({ ok: true, name: 'meshbar' });
});

test('--token-from-env: the token of that variable is the one that is sent', async () => {
  const { env } = await createSignedInHome();
  const { MESHAGENT_TOKEN, ...others } = env;
  const wrong = { ...others, MESHAGENT_TOKEN: 'not-this-one', MY_TOKEN: MESHAGENT_TOKEN as string };
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k', '--token-from-env', 'MY_TOKEN'], wrong);
  const url = await meshbar.url();
  expect(meshbar.stdout).toContain('MeshAgent token: the environment variable MY_TOKEN');
  const answer = await chat({ url, key: 'k' });
  expect(answer.status).toBe(200);
  await answer.text();
});

test('without a session it says how to sign in', async () => {
  const { code, stdout, stderr } = await runMeshbar(['proxy', '--port', '0'], createHome().env);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^meshbar: You are not signed in to MeshAgent\. [^\n]*MESHAGENT_TOKEN and MESHAGENT_PROJECT_ID[^\n]*\n$/,
  );
});

test('the local key is generated once, and stored for every later start', async () => {
  const { home, env } = await createSignedInHome();
  const keyOf = async () => {
    const meshbar = startMeshbar(['proxy', '--port', '0'], env);
    const key = (await meshbar.says(/export OPENAI_API_KEY=(\S+)\n/))[1];
    meshbar.kill('SIGTERM');
    await meshbar.ended;
    return key;
  };
  const first = await keyOf();
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(await keyOf()).toBe(first);
  expect(readFileSync(path.join(home, '.meshagent', 'settings.json'), 'utf8')).toContain(`"${first}"`);
});

test('a reader that goes away, such as head, ends it quietly', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  const url = await meshbar.url();
  meshbar.child.stdout?.destroy();
  await (await chat({ url, key: 'k' })).text();
  const { code, stderr } = await meshbar.ended;
  expect(code).toBe(0);
  expect(stderr).toBe('');
});

test('a name of a model that would drive the terminal is printed without its power', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  const url = await meshbar.url();
  await (await chat({ url, key: 'k', model: 'evil\u001b[2J\u001b]52;c;eA==\u0007\nname' })).text();
  await meshbar.says(/evil \[2J/);
  expect(meshbar.stdout).not.toMatch(/[^\P{Cc}\n]/u);
});

test('a damaged ledger is set aside, and said so', async () => {
  const { env } = await createSignedInHome();
  const home = env.MESHBAR_HOME as string;
  const first = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  await first.url();
  first.kill('SIGTERM');
  await first.ended;
  writeFileSync(path.join(home, 'ledger.sqlite'), 'this is no database'.repeat(1000));
  const second = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
  await second.says(/meshbar: The usage ledger was damaged\. It was set aside as .*damaged/, 'stderr');
  await second.url();
});
