/** The terminal in the pseudo-locale: what is outside its marks does not come from the catalogue of words. */
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { screenLines } from '../../src/terminal/dashboard/screen-lines.js';
import { createProgram } from '../../src/terminal/program.js';
import { textWidth } from '../../src/terminal/text-width.js';
import { PSEUDO_LOCALE, setLocale } from '../../src/words/locale.js';
import { runHere } from '../helpers/command-here.js';
import { chat, createHome, createSignedInHome, MESHBAR, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { active, dashboardModel, plainLines, record } from '../helpers/terminal-model.js';
import { hasPty, runInPty } from '../helpers/terminal-pty.js';
import { unmarkedWords } from '../helpers/unmarked.js';
import { waitFor } from '../helpers/wait-for.js';

const NAMES = ['meshbar', 'Meshbar', 'openai', 'anthropic', 'grok', 'curl', 'y', 'POST', 'complete', 'Demo', 'none'];

beforeEach(() => setLocale(PSEUDO_LOCALE));
afterEach(() => setLocale(undefined));

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

describe('the help', () => {
  const commands = commandsOf(createProgram());
  const names = commands.flatMap((command) => [
    command.name(),
    ...command.registeredArguments.map((argument) => argument.name()),
  ]);
  const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}` : '');

  test.each(commands.map(pathOf))('of meshbar%s is marked and fits 80 columns', (path) => {
    const command = commandsOf(createProgram()).find((one) => pathOf(one) === path) as Command;
    const help = command.helpInformation();
    expect(unmarkedWords(help, [...NAMES, ...names, 'help'])).toEqual([]);
    // An address is not broken.
    for (const line of help.replace(/https:\S+/g, '').split('\n'))
      expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });

  test('the built command takes the locale from MESHBAR_LOCALE', async () => {
    const { stdout } = await runMeshbar(['status', '--help'], { ...createHome().env, MESHBAR_LOCALE: PSEUDO_LOCALE });
    expect(unmarkedWords(stdout, NAMES.concat('status', 'options'))).toEqual([]);
  });
});

test.each([
  [['proxy', '--prot']],
  [['prxy']],
  [['proxy', 'now']],
  [['run']],
  [['proxy', '--port']],
  [['proxy', '--shell', 'tcsh']],
  [['usage', '--json', '--csv']],
  [['key', 'create', 'ci', '--limit', '5']],
  [['key', 'create', 'ci', '--expires', 'soon']],
  [['budget', 'set', '5']],
  [['budget', 'set', '5/day', '--alerts', '101']],
  [['usage', 'settle', '--older-than', 'soon']],
  [['connect', '--demo']],
  [['disconnect']],
  [['usage', '--since', 'yesterday']],
])('what is wrong with %j is marked', async (args) => {
  const { code, stderr } = await runHere(args, createHome().env);
  expect(code).toBe(2);
  expect(unmarkedWords(stderr, NAMES)).toEqual([]);
});

test('all that a machine says on which nothing runs and nobody is signed in is marked', async () => {
  const { env } = createHome();
  const commands = [
    ['status'],
    ['usage'],
    ['usage', 'reprice'],
    ['key', 'list'],
    ['budget', 'list'],
    ['profile', 'list'],
    ['logout'],
    ['disconnect', '--all'],
    ['disconnect', 'nothing'],
    ['whoami'],
  ];
  for (const args of commands) {
    const { stdout, stderr } = await runHere(args, env);
    expect([args, unmarkedWords(stdout + stderr, NAMES)]).toEqual([args, []]);
  }
});

test('all that is said of an account, keys, budgets and usage is marked', async () => {
  const { env } = await createSignedInHome();
  const proxy = startMeshbar(['proxy', '--no-tui', '--port', '0', '--bearer', 'local-key', '--shell', 'json'], {
    ...env,
    MESHBAR_LOCALE: PSEUDO_LOCALE,
  });
  const [, url = ''] = await proxy.says(/"OPENAI_BASE_URL": "(\S+)\/openai\/v1"/);
  await (await chat({ url, key: 'local-key' })).text();
  await proxy.says(/ complete /, 'stderr');
  const commands = [
    ['status'],
    ['usage'],
    ['usage', '--by', 'tool'],
    ['usage', '--by', 'key'],
    ['usage', '--billed'],
    ['usage', 'settle'],
    ['whoami'],
    ['project', 'list'],
    ['key', 'create', 'ci', '--limit', '5/day', '--temporary'],
    ['key', 'limit', 'ci', 'none'],
    ['key', 'list'],
    ['key', 'revoke', 'ci'],
    ['budget', 'set', '5/day', '--stop'],
    ['budget', 'set', '5/week', '--alerts', 'none'],
    ['budget', 'list'],
    ['budget', 'remove', 'all-day'],
    ['connect', '--list'],
  ];
  const own = [
    'Simulated',
    'Another',
    'Project',
    'project',
    'Sam',
    'Example',
    'ci',
    'day',
    'week',
    'all-day',
    'all-week',
  ];
  for (const args of commands) {
    const { stdout, stderr } = await runHere(args, env);
    const shown = args[1] === '--list' ? stdout.replace(/^\S+ +(?:\S+ )+ +/gm, '') : stdout;
    expect([args, unmarkedWords(shown + stderr, [...NAMES, ...own])]).toEqual([args, []]);
  }
  proxy.kill('SIGINT');
  const { stderr } = await proxy.ended;
  expect(unmarkedWords(stderr, NAMES)).toEqual([]);
});

describe('the dashboard', () => {
  const records = [
    record(),
    record({ outcome: 'interrupted', standing: 'partial', status: 200 }),
    record({ outcome: 'failed', standing: 'unmetered', status: 429, errorType: 'rate_limit_error' }),
    record({ standing: 'unpriced', cost: undefined }),
  ];
  const running = [
    { exchange: active(), endedAt: undefined },
    { exchange: active({ timeToFirstChunkMs: 420 }), endedAt: undefined },
    { exchange: active(), endedAt: Date.now() },
  ];
  const names = [
    ...NAMES,
    'Claude',
    'C',
    'Codex',
    'a',
    'session',
    'of',
    'the',
    'in',
    'export',
    'sh',
    'c',
    'q',
    'Ctrl-C',
    'POST',
  ];

  test.each([
    ['before the first request', dashboardModel()],
    ['before the first request, without keys', dashboardModel([], { hasKeys: false })],
    ['under traffic', dashboardModel(records, { underWay: running, insecure: true })],
    ['with a problem', dashboardModel(records, { problem: { at: 0, message: '429', count: 2 } })],
    ['as it stops', dashboardModel(records, { underWay: running, draining: 600 })],
    ['as it stops with one request', dashboardModel(records, { underWay: running.slice(0, 1), draining: 600 })],
  ])('%s is marked, and nothing of it is cut off at 80 columns', (_when, model) => {
    for (const rows of [15, 24, 40]) {
      const text = plainLines(screenLines(model, { columns: 80, rows })).join('\n');
      expect(unmarkedWords(text, names)).toEqual([]);
    }
  });

  test('is marked in a real terminal of 80 columns', async ({ skip }) => {
    skip(!hasPty, 'there is no python3 here to make a pseudo-terminal');
    const { env } = await createSignedInHome();
    const { screen, press, exitCode } = runInPty(
      [process.execPath, MESHBAR, 'proxy', '--port', '0', '--bearer', 'local-key'],
      { ...env, TERM: 'xterm-256color', MESHBAR_LOCALE: PSEUDO_LOCALE },
      80,
      24,
    );
    // A picture may have arrived in part.
    const isMarked = () =>
      waitFor(() => {
        try {
          return unmarkedWords(screen.text, names).length === 0;
        } catch {
          return false;
        }
      }, `marked text alone, in full:\n${screen.text}`);
    const url = await waitFor(() => /http:[^\s/]*\/\/[^\s/]+/.exec(screen.text)?.[0], 'the address', 10_000);
    await isMarked();
    await (await chat({ url, key: 'local-key' })).text();
    await waitFor(() => /200 /.test(screen.text), 'the request');
    await isMarked();
    press('c');
    await waitFor(() => screen.text.includes(' 52)'), 'what became of the copy');
    await isMarked();
    press('q');
    expect(await exitCode).toBe(0);
    await isMarked();
  });
});
