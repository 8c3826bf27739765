import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from '../helpers/command-here.js';
import { chat, createHome, createSignedInHome, MESHBAR, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { hasPty, runInPty } from '../helpers/terminal-pty.js';
import { waitFor } from '../helpers/wait-for.js';

function claudeSettings(home: string, text?: string): string {
  const file = path.join(home, '.claude', 'settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  if (text !== undefined) writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** A request as Claude Code sends it. */
async function askClaude(baseUrl: string, key: string): Promise<void> {
  const response = await fetch(`${baseUrl}/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'user-agent': 'claude-cli/2.1.330 (external, cli)',
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      model: 'claude-haiku-4-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hello' }],
    }),
  });
  await response.text();
}

test('without a name, the tools and how they stand are listed, and nothing is written', async () => {
  const { home, env } = createHome();
  claudeSettings(home, '{"env":{"ANTHROPIC_BASE_URL":"https://me:pass-word@gw.example"}}');
  const { code, stdout } = await runMeshbar(['connect'], env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^claude-code +Claude Code +found +goes to https:\/\/\[redacted\]@gw\.example$/m);
  expect(stdout).toMatch(/^codex +Codex +– +not connected$/m);
  expect(stdout).toMatch(/^cursor +Cursor +– +not possible: says why$/m);
  const reports = JSON.parse((await runHere(['connect', '--list', '--json'], env)).stdout);
  expect(reports[0]).toMatchObject({
    id: 'claude-code',
    state: { status: 'elsewhere', address: 'https://[redacted]@gw.example' },
  });
  expect(existsSync(path.join(home, 'meshbar', 'connect'))).toBe(false);
});

test('JSON stays JSON where a secret of the environment has the look of a part of it', async () => {
  const { home, env } = createHome();
  claudeSettings(home);
  const odd = { ...env, TOKENIZERS_PARALLELISM: 'false', GATEWAY_TOKEN: 'found', OTHER_TOKEN: 'true' };
  const reports = JSON.parse((await runMeshbar(['connect', '--list', '--json'], odd)).stdout);
  expect(reports[1]).toMatchObject({ id: 'codex', found: false, state: { status: 'not-connected' } });
  const plan = JSON.parse((await runMeshbar(['connect', 'claude-code', '--dry-run', '--json'], odd)).stdout);
  expect(plan).toMatchObject({ tool: 'claude-code', connected: false });
});

test('a dry run shows what would be written, keys masked, and writes nothing', async () => {
  const { home, env } = createHome();
  const before = '{"env":{"ANTHROPIC_AUTH_TOKEN":"their-secret-key"}}';
  const file = claudeSettings(home, before);
  const { code, stdout } = await runMeshbar(['connect', 'claude-code', '--dry-run'], env);
  expect(code).toBe(0);
  expect(stdout).toContain(`In this file: ${file}`);
  expect(stdout).toContain('env.ANTHROPIC_BASE_URL: (nothing) → "http://127.0.0.1:8766/anthropic"');
  expect(stdout).toMatch(/env\.ANTHROPIC_AUTH_TOKEN: "thei…" → "mb-…"/);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('where nobody can be asked, --yes is needed', async () => {
  const { home, env } = createHome();
  const { code, stderr } = await runMeshbar(['connect', 'claude-code'], env);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^meshbar: Nobody can be asked here: say --yes/);
  expect(existsSync(claudeSettings(home))).toBe(false);
});

test('connected, a second time nothing; disconnected, the same bytes', async () => {
  const { home, env } = createHome();
  const before = '{\n  "model": "opus" // best\n}\n';
  const file = claudeSettings(home, before);
  const first = await runMeshbar(['connect', 'claude', '--yes'], env);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('Claude Code is connected.');
  expect(first.stdout).toContain('No proxy is running yet: `meshbar proxy` starts one.');
  const second = await runHere(['connect', 'Claude Code', '--json'], env);
  expect(JSON.parse(second.stdout)).toMatchObject({ tool: 'claude-code', connected: true, changes: [] });
  const undone = await runMeshbar(['disconnect', '--all'], env);
  expect(undone).toMatchObject({ code: 0, stdout: `Claude Code is disconnected: ${file} is as it was.\n` });
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(await runHere(['disconnect', '--all'], env)).toMatchObject({ code: 0, stdout: 'No tool is connected.\n' });
  expect(await runHere(['disconnect', 'claude-code'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^meshbar: Meshbar has not connected Claude Code\./),
  });
});

test('a tool gets a key of its own, keeps it while it is good, and loses it when it is disconnected', async () => {
  const { home, env } = await createSignedInHome();
  const file = claudeSettings(home);
  const keyInFile = () => JSON.parse(readFileSync(file, 'utf8')).env.ANTHROPIC_AUTH_TOKEN as string;
  const keys = async () =>
    (JSON.parse((await runHere(['key', 'list', '--json'], env)).stdout) as { label: string; standing: string }[]).map(
      ({ label, standing }) => `${label} ${standing}`,
    );
  const connect = () => runHere(['connect', 'claude-code', '--yes', '--no-wait'], env);
  await runHere(['connect', 'claude-code', '--dry-run'], env);
  expect(await keys()).toEqual([]);
  await connect();
  const first = keyInFile();
  expect(first).toMatch(/^mb-/);
  expect((await connect()).stdout).toContain('connected already');
  writeFileSync(file, '{}');
  await connect();
  expect(keyInFile()).toBe(first);
  expect(await keys()).toEqual(['Claude Code active']);

  const proxy = startMeshbar(['proxy', '--port', '0', '--no-tui'], env);
  const url = await proxy.url();
  expect((await connect()).stdout).toContain(`→ "${url}/anthropic"`);
  expect(await keys()).toEqual(['Claude Code active']);
  const asked = await chat({ url, key: keyInFile() });
  await asked.text();
  expect(asked.status).toBe(200);
  const status = await fetch(`${url}/meshbar/status`, { headers: { authorization: `Bearer ${first}` } });
  const told = (await status.json()) as object;
  expect(told).toMatchObject({ url });
  expect(told).not.toHaveProperty('upstreamTokenSource');
  expect(told).not.toHaveProperty('session');

  await runHere(['key', 'revoke', 'Claude Code'], env);
  expect((await runHere(['connect'], env)).stdout).toMatch(/claude-code .* has an old key/);
  await connect();
  expect(keyInFile()).not.toBe(first);
  expect(await keys()).toEqual(['Claude Code active', 'Claude Code revoked']);
  const second = keyInFile();
  await runHere(['disconnect', 'claude-code'], env);
  expect(await keys()).toEqual(['Claude Code revoked', 'Claude Code revoked']);
  expect((await chat({ url, key: second })).status).toBe(401);
}, 90_000);

test('a key that could not be written is worth nothing', async () => {
  const { home, env } = createHome();
  writeFileSync(path.join(home, '.claude'), 'a file where a folder should be');
  expect((await runHere(['connect', 'claude-code', '--yes'], env)).code).toBe(1);
  const { stdout } = await runHere(['key', 'list', '--json'], env);
  expect((JSON.parse(stdout) as { standing: string }[]).filter(({ standing }) => standing === 'active')).toEqual([]);
});

test('the first request of the tool is waited for, and named; those of other tools are none', async () => {
  const { home, env } = await createSignedInHome();
  const proxy = startMeshbar(['proxy', '--port', '0', '--no-tui'], env);
  const url = await proxy.url();
  const connecting = startMeshbar(['connect', 'codex', '--yes'], env);
  await connecting.says(/Waiting for the first request from Codex/);
  const config = readFileSync(path.join(home, '.codex', 'config.toml'), 'utf8');
  const key = /experimental_bearer_token = "([^"]+)"/.exec(config)?.[1] as string;
  await (await chat({ url, key })).text();
  await proxy.says(/curl .*complete/);
  const response = await fetch(`${url}/openai/v1/responses`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'user-agent': 'codex_cli_rs/0.169.0',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ model: 'gpt-5.4', input: 'Hello' }),
  });
  await response.text();
  const { code, stdout } = await connecting.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nIt works: first request from Codex, gpt-5\.4[^\n]*\.\n$/);
});

test('an invalid file is named with its line and left alone', async () => {
  const { home, env } = createHome();
  const file = claudeSettings(home, '{\n  "env": {,}\n}\n');
  const { code, stderr } = await runHere(['connect', 'claude-code', '--yes'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^meshbar: ${file}, line 2, is not valid JSON: `));
  expect(readFileSync(file, 'utf8')).toBe('{\n  "env": {,}\n}\n');
});

test('one tool that can’t be disconnected keeps no other from it', async () => {
  const { home, env } = createHome();
  const file = claudeSettings(home);
  await runHere(['connect', 'claude-code', '--yes'], env);
  await runHere(['connect', 'zed', '--yes'], env);
  writeFileSync(file, readFileSync(file, 'utf8').replace('127.0.0.1:8766', 'hand.example'));
  const { code, stdout, stderr } = await runMeshbar(['disconnect', '--all'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/env\.ANTHROPIC_BASE_URL in .* has been changed since Meshbar wrote it\. .*--force/);
  expect(stdout).toMatch(/^Zed is disconnected/);
  expect((await runHere(['disconnect', 'claude-code', '--force'], env)).code).toBe(0);
  expect(existsSync(file)).toBe(false);
});

test('what was kept of one tool can’t be read: it is named, and no other is kept from it', async () => {
  const { home, env } = createHome();
  await runHere(['connect', 'codex', '--yes'], env);
  await runHere(['connect', 'zed', '--yes'], env);
  const folder = path.join(home, 'meshbar', 'connect', 'codex');
  for (const name of readdirSync(folder)) writeFileSync(path.join(folder, name), '{"tool":');
  const { code, stdout, stderr } = await runMeshbar(['disconnect', '--all'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^meshbar: .*codex.*\.json is not what Meshbar wrote\./);
  expect(stdout).toMatch(/^Zed is disconnected/);
});

test('tools without a file are told of; what can’t be done is said', async () => {
  const { env } = createHome();
  const jetbrains = await runMeshbar(['connect', 'jetbrains'], env);
  expect(jetbrains).toMatchObject({ code: 0, stdout: expect.stringContaining('http://127.0.0.1:8766/openai/v1') });
  const cursor = await runHere(['connect', 'cursor'], env);
  expect(cursor).toMatchObject({ code: 1, stdout: expect.stringContaining('from its own servers') });
  expect((await runHere(['disconnect', 'cursor'], env)).code).toBe(1);
  const unknown = await runHere(['connect', 'emacs'], env);
  expect(unknown).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no tool called emacs\. It knows claude-code, /),
  });
});

test.each([
  [['disconnect'], /Name a tool, or say --all/],
  [['disconnect', 'codex', '--all'], /Name a tool, or say --all/],
  [['connect', 'codex', 'zed'], /Too many arguments/],
  [['connect', '--demo'], /Name a tool for --demo/],
])('%j is refused', async (args, message) => {
  const { env } = createHome();
  const { code, stderr } = await runHere(args, env);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test.runIf(hasPty).each([
  ['y\r', 'Claude Code is connected.', true],
  ['\r', 'Nothing was changed.', false],
  ['\u0004', 'Nothing was changed.', false],
])('a person is asked, and answers %j', async (keys, words, isWritten) => {
  const { home, env } = createHome();
  const run = runInPty([process.execPath, MESHBAR, 'connect', 'claude-code'], { ...env, TERM: 'xterm' }, 200, 30);
  await waitFor(() => run.screen.text.includes('Write this?'), 'the question', 15_000);
  run.press(keys);
  await run.exitCode;
  expect(run.screen.text).toContain(words);
  expect(existsSync(claudeSettings(home))).toBe(isWritten);
});

test('--demo ended before a request: at once, with the file as it was', async () => {
  const { home, env } = createHome();
  const before = '{"model":"opus"}';
  const file = claudeSettings(home, before);
  const meshbar = startMeshbar(['connect', 'claude-code', '--demo', '--yes'], env);
  await meshbar.says(/is connected to a simulator/);
  meshbar.kill('SIGINT');
  expect(await meshbar.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/is disconnected\.\n$/) });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('--demo whose output nobody reads any more gives the file back', async () => {
  const { home, env } = createHome();
  const before = '{"model":"opus"}';
  const file = claudeSettings(home, before);
  const meshbar = startMeshbar(['connect', 'claude-code', '--demo', '--yes'], env);
  await meshbar.says(/Ctrl-C ends it/);
  meshbar.child.stdout?.destroy();
  const { ANTHROPIC_BASE_URL, ANTHROPIC_AUTH_TOKEN } = JSON.parse(readFileSync(file, 'utf8')).env;
  // It is told of there, which is when it is seen that nobody reads. Its answer may be cut.
  await askClaude(ANTHROPIC_BASE_URL, ANTHROPIC_AUTH_TOKEN).catch(() => {});
  expect((await meshbar.ended).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('--demo connects to a simulator for as long as it runs', async () => {
  const { home, env } = createHome();
  const before = '{"model":"opus"}';
  const file = claudeSettings(home, before);
  const meshbar = startMeshbar(['connect', 'claude-code', '--demo', '--yes'], env);
  await meshbar.says(/is connected to a simulator/);
  const { ANTHROPIC_BASE_URL, ANTHROPIC_AUTH_TOKEN } = JSON.parse(readFileSync(file, 'utf8')).env;
  await askClaude(ANTHROPIC_BASE_URL, ANTHROPIC_AUTH_TOKEN);
  await meshbar.says(/It works: first request from Claude Code, claude-haiku-4-5/);
  meshbar.kill('SIGINT');
  expect((await meshbar.ended).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
});
