import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { UsageGroup } from '../../src/shared/usage.js';
import { runHere } from '../helpers/command-here.js';
import { runScript } from '../helpers/run.js';
import { chat, createHome, createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';

describe('nothing runs and nothing has run', () => {
  test('env prints what `meshbar proxy` will have, fit for eval, and says so beside it', async () => {
    const { home, env } = createHome();
    const { code, stdout, stderr } = await runMeshbar(['env'], env);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^meshbar: No proxy is running; these are the variables that `meshbar proxy` will use\.\n/);
    const shown = runScript('sh', ['-c'], `${stdout}printf '%s %s' "$OPENAI_BASE_URL" "$OPENAI_API_KEY"`, {});
    const [url, key] = shown.split(' ');
    expect(url).toBe('http://127.0.0.1:8766/openai/v1');
    const settings = JSON.parse(readFileSync(path.join(home, '.meshagent', 'settings.json'), 'utf8'));
    expect(settings.users.__local__.project.llm_proxy_bearer_token).toBe(key);
  });

  test('status says how to start, with an exit code of its own', async () => {
    const { env } = createHome();
    const { code, stdout, stderr } = await runMeshbar(['status'], env);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Meshbar is not running\. `meshbar proxy` starts it\.\n/);
    expect(stderr).toBe('');
    const json = await runHere(['status', '--json'], env);
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toEqual({
      running: false,
      ledger: path.join(env.MESHBAR_HOME as string, 'ledger.sqlite'),
    });
  });

  test('usage is none, and no file is made', async () => {
    const { env } = createHome();
    expect(await runMeshbar(['usage'], env)).toEqual({ code: 0, stdout: 'No usage in that time.\n', stderr: '' });
    expect((await runHere(['usage', '--json'], env)).stdout).toBe('[]\n');
    expect((await runHere(['usage', '--csv'], env)).stdout).toMatch(/^key,provider_name,[^\n]*\r\n$/);
    expect(existsSync(env.MESHBAR_HOME as string)).toBe(false);
  });
});

describe('a proxy runs', () => {
  test('env and status find it, in every form', async () => {
    const { env } = await createSignedInHome();
    const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', "it's"], env);
    const url = await meshbar.url();
    const shown = await runMeshbar(['env'], env);
    expect(shown).toEqual({
      code: 0,
      stderr: '',
      stdout: `export OPENAI_BASE_URL=${url}/openai/v1\nexport OPENAI_API_KEY='it'\\''s'\nexport ANTHROPIC_BASE_URL=${url}/anthropic\nexport ANTHROPIC_API_KEY='it'\\''s'\nexport GROK_BASE_URL=${url}/grok/v1\nexport GROK_API_KEY='it'\\''s'\nexport XAI_BASE_URL=${url}/grok/v1\nexport XAI_API_KEY='it'\\''s'\n`,
    });
    const json = await runHere(['env', '--shell', 'json'], env);
    expect(JSON.parse(json.stdout)).toMatchObject({ OPENAI_API_KEY: "it's" });
    const status = await runMeshbar(['status'], env);
    expect(status.code).toBe(0);
    expect(status.stdout).toContain(`is running on ${url} for project prj_`);
    const statusJson = await runHere(['status', '--json'], env);
    expect(JSON.parse(statusJson.stdout)).toMatchObject({ running: true, url, pid: meshbar.child.pid });
    expect(status.stdout + statusJson.stdout).not.toContain("it's");
  });

  test('without local keys, env says so', async () => {
    const { env } = await createSignedInHome();
    await startMeshbar(['proxy', '--port', '0', '--insecure'], env).url();
    expect((await runHere(['env'], env)).stdout).toContain('export OPENAI_API_KEY=meshagent-insecure\n');
  });

  test('one that was killed is not taken for a running one', async () => {
    const { env } = await createSignedInHome();
    const killed = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
    const { port } = new URL(await killed.url());
    killed.kill('SIGKILL');
    await killed.ended;
    expect((await runHere(['status'], env)).code).toBe(3);
    // Another Meshbar, of another home, has its port now: its key is not the one in the file.
    const other = { ...env, MESHBAR_HOME: path.join(env.HOME as string, 'other') };
    await startMeshbar(['proxy', '--port', port, '--bearer', 'another'], other).url();
    expect((await runHere(['status'], env)).code).toBe(3);
  });
});

describe('the ledger has something', () => {
  test('usage by model, tool and day, as table, JSON and CSV, while the proxy writes and after', async () => {
    const { env } = await createSignedInHome();
    const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'k'], env);
    const url = await meshbar.url();
    await (await chat({ url, key: 'k', plan: 'input=1000;output=20' })).text();
    await (await chat({ url, key: 'k', plan: 'input=500;output=5', model: 'nobody-knows-its-price' })).text();
    await meshbar.says(/200 complete.*\n[\s\S]*200 complete/);

    const during = JSON.parse((await runMeshbar(['usage', '--json'], env)).stdout) as UsageGroup[];
    expect(during.map(({ key, exchanges, inputTokens }) => [key, exchanges, inputTokens])).toEqual([
      ['gpt-5.4', 1, 1000],
      ['nobody-knows-its-price', 1, 500],
    ]);
    meshbar.kill('SIGTERM');
    await meshbar.ended;

    const home = env.MESHBAR_HOME as string;
    const filesBefore = readdirSync(home);
    const byModel = (await runMeshbar(['usage'], env)).stdout;
    expect(byModel).toMatch(/^model +provider +requests +in +cached +out +subtotal +surcharge +total\n/);
    expect(byModel).toMatch(/\nnobody-knows-its-price +openai +1 +500 +\S+ +5 +unpriced +unpriced +unpriced\n/);
    expect(byModel).toMatch(/\n2 requests · .* = ≥\$\S+ · 1 unpriced\n$/);
    expect((await runHere(['usage', '--by', 'tool'], env)).stdout).toMatch(/\ncurl +2 +1\.50 k /);
    expect((await runHere(['usage', '--by', 'day'], env)).stdout).toMatch(/\n\d{4}-\d{2}-\d{2} +2 +1\.50 k /);
    const csv = (await runMeshbar(['usage', '--csv'], env)).stdout.split('\r\n');
    expect(csv[2]).toMatch(/^nobody-knows-its-price,openai,1,0,0,500,.*,5,.*,,,0,0,0,1,0,0,0,0\.0+$/);
    expect((await runHere(['usage', '--since', '2020-01-01', '--until', '2020-12-31'], env)).stdout).toBe(
      'No usage in that time.\n',
    );
    expect(readdirSync(home)).toEqual(filesBefore);
  });

  test('one that is damaged is left where it is', async () => {
    const { env } = createHome();
    const home = env.MESHBAR_HOME as string;
    mkdirSync(home, { recursive: true });
    const text = 'this is no database'.repeat(1000);
    writeFileSync(path.join(home, 'ledger.sqlite'), text);
    const { code, stdout, stderr } = await runMeshbar(['usage'], env);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^meshbar: The usage ledger \S+ can’t be read: it is damaged\. The next proxy [^\n]*\n$/);
    expect(readdirSync(home)).toEqual(['ledger.sqlite']);
    expect(readFileSync(path.join(home, 'ledger.sqlite'), 'utf8')).toBe(text);
  });
});

test('settings that can not be read: one sentence, nothing of what they hold, and no exports', async () => {
  const { home, env } = createHome();
  mkdirSync(path.join(home, '.meshagent'));
  writeFileSync(path.join(home, '.meshagent', 'settings.json'), '{"access_token": "opaque-secret", ');
  const { code, stdout, stderr } = await runMeshbar(['env'], env);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^meshbar: \S+settings\.json is not valid JSON; it is left as it is\. [^\n]+\n$/);
  expect(stderr).not.toContain('opaque');
});
