import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from '../helpers/command-here.js';
import { createHome, createSignedInHome, MESHBAR, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { hasPty, runInPty } from '../helpers/terminal-pty.js';
import { waitFor } from '../helpers/wait-for.js';

const NODE = process.execPath;
/** A tool that asks once, as an SDK does: with the variables alone. */
const ASK = `
const { OPENAI_BASE_URL, OPENAI_API_KEY } = process.env;
const response = await fetch(OPENAI_BASE_URL + '/chat/completions', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + OPENAI_API_KEY, 'content-type': 'application/json', 'user-agent': 'curl/8.5.0' },
  body: JSON.stringify({ model: 'gpt-5.4', messages: [{ role: 'user', content: 'Hello' }] }),
});
await response.text();
console.log(response.status);
`;
const PRINT = 'console.log(JSON.stringify({ env: process.env, args: process.argv.slice(1) }))';

test('a command has the variables of a proxy of its own, which ends with it and leaves nothing behind', async () => {
  const { home, env } = await createSignedInHome();
  const { code, stdout, stderr } = await runMeshbar(['run', '--', NODE, '--input-type=module', '-e', ASK], env);
  expect(stdout).toBe('200\n');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^meshbar: 1 request · 0 failed · .*in \d+ .*cost <?\$[\d.]+/);
  expect(readdirSync(path.join(home, 'meshbar')).filter((name) => !name.startsWith('ledger.'))).toEqual(['keys.json']);
  const keys = JSON.parse((await runHere(['key', 'list', '--json'], env)).stdout);
  expect(keys).toMatchObject([{ label: 'run node', standing: 'revoked' }]);
  expect((await runHere(['status'], env)).code).toBe(3);
  expect(JSON.parse((await runHere(['usage', '--json'], env)).stdout)).toMatchObject([{ exchanges: 1 }]);
});

test('where a proxy runs it is used, and what the command itself sent is told', async () => {
  const { env } = await createSignedInHome();
  const proxy = startMeshbar(['proxy', '--port', '0', '--no-tui'], env);
  const url = await proxy.url();
  const shared = JSON.parse((await runHere(['env', '--shell', 'json'], env)).stdout).OPENAI_API_KEY as string;
  // Somebody else's request, within the command's time.
  const script = `const own = process.env.OPENAI_API_KEY;
    process.env.OPENAI_API_KEY = '${shared}';
    { ${ASK} }
    process.env.OPENAI_API_KEY = own;
    ${ASK}`;
  const { stdout, stderr } = await runMeshbar(['run', NODE, '--input-type=module', '-e', script], env);
  expect(stdout).toBe('200\n200\n');
  expect(stderr).toMatch(/^meshbar: 1 request · 0 failed · [^\n]*\n$/);
  const { stdout: shown } = await runMeshbar(['run', '--', NODE, '-p', 'process.env.OPENAI_BASE_URL'], env);
  expect(shown).toBe(`${url}/openai/v1\n`);
  expect((await runHere(['status'], env)).code).toBe(0);
}, 60_000);

test('another project than that of the running proxy gets a proxy of its own', async () => {
  const { env } = await createSignedInHome();
  const proxy = startMeshbar(['proxy', '--port', '0', '--no-tui'], env);
  const url = await proxy.url();
  const args = [
    'run',
    '--project-id',
    env.MESHAGENT_PROJECT_ID as string,
    '--',
    NODE,
    '-p',
    'process.env.OPENAI_BASE_URL',
  ];
  expect((await runMeshbar(args, env)).stdout).toBe(`${url}/openai/v1\n`);
  const other = await runMeshbar(['run', '--port', '0', '--', NODE, '-p', 'process.env.OPENAI_BASE_URL'], env);
  expect(other.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/openai\/v1\n$/);
  expect(other.stdout).not.toContain(url);
  // The other one is found as before.
  expect((await runHere(['env'], env)).stdout).toContain(`${url}/openai/v1`);
});

test('the variables are set, contradicting ones go, and loopback is kept from proxies', async () => {
  const { env } = createHome();
  const mine = { ...env, ANTHROPIC_AUTH_TOKEN: 'old', OPENAI_API_KEY: 'sk-old', NO_PROXY: 'intra.example' };
  const { stdout } = await runMeshbar(['run', '--demo', '--', NODE, '-e', PRINT], mine);
  const { env: seen } = JSON.parse(stdout);
  expect(seen).toMatchObject({
    OPENAI_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/openai\/v1$/),
    OPENAI_API_KEY: 'meshbar-demo',
    ANTHROPIC_BASE_URL: expect.stringMatching(/\/anthropic$/),
    ANTHROPIC_API_KEY: 'meshbar-demo',
    GROK_BASE_URL: expect.stringMatching(/\/grok\/v1$/),
    GROK_API_KEY: 'meshbar-demo',
    XAI_BASE_URL: expect.stringMatching(/\/grok\/v1$/),
    XAI_API_KEY: 'meshbar-demo',
    // LiteLLM would send the local key to xAI itself.
    XAI_API_BASE: expect.stringMatching(/\/grok\/v1$/),
    NO_PROXY: 'intra.example,127.0.0.1,localhost,::1',
    no_proxy: 'intra.example,127.0.0.1,localhost,::1',
  });
  expect(seen).not.toHaveProperty('ANTHROPIC_AUTH_TOKEN');
});

test('what follows the command is the command’s, with or without two dashes', async () => {
  const { env } = createHome();
  const args = [NODE, '-p', 'JSON.stringify(process.argv.slice(1))', '--', '--demo', '--port', 'x', ''];
  const expected = `${JSON.stringify(['--demo', '--port', 'x', ''])}\n`;
  expect((await runMeshbar(['run', '--demo', '--', ...args], env)).stdout).toBe(expected);
  expect((await runMeshbar(['run', '--demo', ...args], env)).stdout).toBe(expected);
});

test('exit codes come through', async () => {
  const { env } = createHome();
  expect((await runMeshbar(['run', '--demo', '--', NODE, '-e', 'process.exit(7)'], env)).code).toBe(7);
  const missing = await runMeshbar(['run', '--demo', '--', 'no-such-command'], env);
  expect(missing.code).toBe(127);
  expect(missing.stderr).toContain('meshbar: no-such-command: command not found. Check its name');
  const { home, env: other } = createHome();
  writeFileSync(path.join(home, 'text'), 'no program');
  expect((await runMeshbar(['run', '--demo', '--', path.join(home, 'text')], other)).code).toBe(126);
});

test.skipIf(process.platform === 'win32')('a signal that ends the command ends meshbar', async () => {
  const { env } = createHome();
  const ended = await runMeshbar(['run', '--demo', '--', NODE, '-e', 'process.kill(process.pid, "SIGKILL")'], env);
  expect(ended.code).toBe('SIGKILL');
});

test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)(
  '%s goes on to the command, which decides what becomes of it',
  async (signal) => {
    const { env } = createHome();
    const script = `process.on('${signal}', () => { console.log('got it'); process.exit(3); }); console.log('ready'); setInterval(() => {}, 1000);`;
    const meshbar = startMeshbar(['run', '--demo', '--', NODE, '-e', script], env);
    await meshbar.says(/ready/);
    meshbar.kill(signal);
    expect(await meshbar.ended).toMatchObject({ code: 3, stdout: 'ready\ngot it\n' });
  },
);

test.runIf(hasPty)('Ctrl-C of a terminal reaches the command once, and the command has the terminal', async () => {
  const { env } = createHome();
  const script = `
    let interrupts = 0;
    process.on('SIGINT', () => console.log('interrupt ' + ++interrupts));
    process.stdin.on('data', (data) => { if (String(data).includes('q')) process.exit(5); });
    console.log('ready ' + process.stdout.isTTY);`;
  const command = [NODE, MESHBAR, 'run', '--demo', '--', NODE, '-e', script];
  const run = runInPty(command, { ...env, TERM: 'xterm' }, 100, 30);
  await waitFor(() => run.screen.text.includes('ready true'), 'the command', 20_000);
  run.press('\u0003');
  await waitFor(() => run.screen.text.includes('interrupt 1'), 'the interrupt', 20_000);
  run.press('q\r');
  expect(await run.exitCode).toBe(5);
  expect(run.screen.text).not.toContain('interrupt 2');
  expect(run.screen.text).toContain('No request went through the proxy');
});

test('without a session it says so, and the command is not started', async () => {
  const { env } = createHome();
  const { code, stdout, stderr } = await runMeshbar(['run', '--', NODE, '-p', '1'], env);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^meshbar: .*meshbar login/);
});

test.each([
  [['run'], /The argument command is missing/],
  [['run', '--port', '70000', '--', 'x'], /0 to 65535/],
  [['run', '--token-from-env', 'NOT_SET', '--', 'x'], /NOT_SET is not set/],
])('%j is refused', async (args, message) => {
  const { env } = createHome();
  const { code, stderr } = await runHere(args, env);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

/** Stands in for a tool, by its name: prints what it was started with. */
function fakeTool(home: string, name: string): string {
  const folder = path.join(home, 'bin');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, `#!${NODE}\nconsole.log(JSON.stringify({ env: process.env, args: process.argv.slice(2) }));\n`);
  chmodSync(file, 0o755);
  return `${folder}${path.delimiter}`;
}

async function startedAs(name: string, args: readonly string[], prepare: (home: string) => void) {
  const { home, env } = createHome();
  prepare(home);
  const PATH = fakeTool(home, name) + env.PATH;
  const ran = await runMeshbar(['run', '--demo', '--', name, ...args], { ...env, PATH });
  return { ...(JSON.parse(ran.stdout) as { env: Record<string, string>; args: string[] }), stderr: ran.stderr };
}

test.skipIf(process.platform === 'win32')(
  'Claude Code’s own settings that lead elsewhere are set right for the run',
  async () => {
    const lead = (home: string) => {
      mkdirSync(path.join(home, '.claude'));
      const settings = { env: { ANTHROPIC_BASE_URL: 'https://gw.example', CLAUDE_CODE_USE_VERTEX: '1' } };
      writeFileSync(path.join(home, '.claude', 'settings.json'), JSON.stringify(settings));
    };
    const { args } = await startedAs('claude', ['-p', 'ping'], lead);
    expect(args).toEqual(['--settings', expect.stringContaining('claude-settings.json'), '-p', 'ping']);
    expect(() => readFileSync(args[1] as string)).toThrow(/ENOENT/);
    const own = await startedAs('claude', ['--settings', 'mine.json'], lead);
    expect(own.args).toEqual(['--settings', 'mine.json']);
    expect(own.stderr).toContain('Claude Code’s settings set ANTHROPIC_BASE_URL, CLAUDE_CODE_USE_VERTEX');
  },
);
