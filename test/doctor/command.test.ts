import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Finding } from '../../src/shared/doctor.js';
import { bySeverity, CHECK_NAMES, FINDING_STATUSES } from '../../src/shared/doctor.js';
import { runHere } from '../helpers/command-here.js';
import { freePort, listenRaw, NOWHERE } from '../helpers/doctor.js';
import { chat, createHome, createSignedInHome, runMeshbar, startMeshbar } from '../helpers/terminal.js';

// Several commands are started one after another, maybe on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

test('all is well: a line each, exit code 0, and the same as JSON', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--port', '0', '--bearer', 'opaque-local-key'], env);
  const url = await meshbar.url();
  await (await chat({ url, key: 'opaque-local-key' })).text();
  const tools = {
    OPENAI_BASE_URL: `${url}/openai/v1`,
    OPENAI_API_KEY: 'opaque-local-key',
    ANTHROPIC_BASE_URL: `${url}/anthropic`,
    ANTHROPIC_API_KEY: 'opaque-local-key',
  };
  const { code, stdout, stderr } = await runMeshbar(['doctor'], { ...env, ...tools });
  expect(stderr).toBe('');
  expect(stdout).toContain(`ok       Meshbar 0.1.0 runs on ${url}.\n`);
  expect(stdout).toContain('ok       The variables of this shell lead to Meshbar.\n');
  expect(stdout).toMatch(/\nok {7}MeshAgent answers after [^\n]+\n/);
  expect(stdout).toMatch(/\nNo problems, no warnings\.\n$/);
  expect(code).toBe(0);

  const json = await runMeshbar(['doctor', '--json'], { ...env, ...tools });
  expect(json.code).toBe(0);
  const parsed = JSON.parse(json.stdout) as { format: number; meshbar: string; at: string; findings: Finding[] };
  expect(parsed).toMatchObject({ format: 1, meshbar: '0.1.0', at: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(parsed.findings.length).toBeGreaterThanOrEqual(CHECK_NAMES.length - 1);
  for (const finding of parsed.findings) {
    const [check, what] = finding.id.split('.');
    expect(CHECK_NAMES).toContain(check);
    expect(what).toMatch(/^[a-z_]+$/);
    expect(FINDING_STATUSES).toContain(finding.status);
    expect(typeof finding.title).toBe('string');
    expect(Array.isArray(finding.details)).toBe(true);
  }
  expect(parsed.findings).toEqual(parsed.findings.toSorted(bySeverity));
  expect(stdout + json.stdout).not.toContain('opaque');
});

test('problems come first, within 80 columns, with what to do; exit code 1; no colours in a pipe', async () => {
  const { home, env } = createHome();
  const { port } = await listenRaw((socket) => socket.end());
  const { code, stdout } = await runMeshbar(['doctor', '--port', String(port)], {
    ...env,
    MESHAGENT_API_URL: NOWHERE,
    OPENAI_BASE_URL: 'https://u:opaque@api.openai.com/v1',
    OPENAI_API_KEY: 'sk-opaque',
  });
  expect(code).toBe(1);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(new RegExp(`^problem  Port ${port} is taken by \\S+ \\(process ${process.pid}\\)\\.$`));
  expect(stdout).toContain('\n           meshbar proxy --port 0\n');
  for (const line of lines) expect(line.length <= 80 || line.includes(home)).toBe(true);
  const labels = lines.flatMap((line) => /^(problem|warning|note|skipped|ok) /.exec(line)?.[1] ?? []);
  expect(labels).toEqual(
    labels.toSorted((a, b) => FINDING_STATUSES.indexOf(a as never) - FINDING_STATUSES.indexOf(b as never)),
  );
  expect(stdout).toMatch(/\n\d problems, \d warnings?\.\n$/);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('opaque');
});

test('a report for strangers has no path, no key and no address of this machine', async () => {
  const { home, env } = createHome();
  const folder = path.join(home, '.meshagent');
  mkdirSync(folder, { mode: 0o700 });
  const session = { access_token: 'opaque-access', refresh_token: 'opaque-refresh', expires_at: 1 };
  const user = { profile: { email: 'ada@example.com' }, session, project: { active_project: 'prj_0123456789' } };
  const text = JSON.stringify({ active_user_id: 'usr_0123456789', users: { usr_0123456789: user } });
  writeFileSync(path.join(folder, 'settings.json'), text, { mode: 0o644 });
  writeFileSync(path.join(home, '.zshrc'), 'export OPENAI_BASE_URL=http://127.0.0.1:1/openai/v1\n');
  const all = { ...env, MESHAGENT_API_URL: NOWHERE, OPENAI_API_KEY: 'opaque-key' };
  const { code, stdout, stderr } = await runMeshbar(['doctor', '--report', '--port', String(await freePort())], all);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^### meshbar doctor\n\nMeshbar 0\.1\.0 · Node /);
  expect(stdout).toContain('`permissions.readable` Others on this machine can get at ~/.meshagent/settings.json.');
  expect(stdout).toContain('~/.zshrc, line 1');
  expect(stdout).toContain('prj_01…');
  expect(stdout).not.toMatch(/opaque|ada@|0123456789/);
  expect(stdout).not.toContain(home);
  expect(stderr).toBe('Keys, names and paths were removed. Read it through before you post it.\n');
});

test('wrong options are refused in a sentence', async () => {
  const { env } = createHome();
  for (const args of [
    ['--port', 'x'],
    ['--json', '--report'],
  ]) {
    const { code, stdout, stderr } = await runHere(['doctor', ...args], env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^meshbar: [^\n]+ See --help\.\n$/);
  }
});
