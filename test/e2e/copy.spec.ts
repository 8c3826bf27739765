import { execFile, execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { installTool } from '../compat/tools.js';
import { expectAccessible } from './accessible.js';
import { clickTray, desktop, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What is on the clipboard, as another program gets it. */
const pasted = () => desktop('xclip', '-selection', 'clipboard', '-o');

/** A program that knows the proxy by its environment alone: the official SDK, in a process of its own. */
const CLIENT = [
  "import OpenAI from 'openai';",
  "const answer = await new OpenAI().responses.create({ model: 'gpt-5.4-mini', input: 'hello' });",
  'console.log(answer.output_text);',
].join('\n');
const NODE = [process.execPath, '--input-type=module', '-e', CLIENT];
const ARGUMENTS = NODE.map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ');
const FISH_ARGUMENTS = NODE.map((part) => `'${part.replaceAll("'", `\\'`)}'`).join(' ');

/** The tab of each form, and what uses the text on this machine, given the file that it was pasted into. */
const FORMS: readonly { tab: string; users: Readonly<Record<string, (file: string) => [string, string[]]>> }[] = [
  {
    tab: 'sh, zsh, bash',
    users: Object.fromEntries(
      ['sh', 'bash', 'zsh'].map((shell) => [shell, (file: string) => [shell, ['-c', `. ${file}; ${ARGUMENTS}`]]]),
    ),
  },
  { tab: 'fish', users: { fish: (file) => ['fish', ['-c', `source ${file}; ${FISH_ARGUMENTS}`]] } },
  { tab: 'PowerShell', users: {} },
  { tab: 'cmd', users: {} },
  {
    tab: '.env file',
    users: { 'node --env-file': (file) => [process.execPath, [`--env-file=${file}`, ...NODE.slice(1)]] },
  },
  {
    tab: 'JSON',
    users: {
      'a reader of JSON': (file) => [
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `import fs from 'node:fs';Object.assign(process.env, JSON.parse(fs.readFileSync('${file}')));
${CLIENT.replace("import OpenAI from 'openai';", "const { default: OpenAI } = await import('openai');")}`,
        ],
      ],
    },
  },
];

test('each form is copied by its button, and a client that uses it is named as the first request', async ({
  launch,
  home,
}) => {
  test.setTimeout(180_000);
  const { popover, url } = await launch();
  await openConnect(popover);
  for (const { tab, users } of FORMS) {
    await popover.getByRole('tab', { name: tab, exact: true }).click();
    const copyButton = popover.getByRole('button', { name: `Copy the variables for ${tab}` });
    await expect(popover.getByRole('tabpanel')).not.toContainText(LOCAL_KEY);
    for (const [name, use] of Object.entries(users).filter(([, one]) => has(one('')[0]))) {
      await copyButton.click();
      await expect(popover.getByText('Waiting for the first request…')).toBeVisible();
      const file = path.join(home, 'pasted');
      await writeFile(file, await pasted());
      const [program, args] = use(file);
      const { stdout } = await run(program, args, { cwd: ROOT, env: { PATH: process.env.PATH } });
      expect(stdout, name).toContain('The café');
      await expectFirst(popover, 'OpenAI SDK · JS', 'gpt-5.4-mini');
    }
    await copyButton.click();
    for (const part of [`${url}/openai/v1`, `${url}/anthropic`, LOCAL_KEY]) expect(await pasted()).toContain(part);
  }
});

test('snippets are copied by their buttons and do what they say', async ({ launch, home }) => {
  test.setTimeout(180_000);
  const { popover } = await launch();
  await openConnect(popover);
  await symlink(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'), 'junction');
  for (const [title, tool, model] of [
    ['curl · OpenAI', 'curl', 'gpt-5.4-mini'],
    ['curl · Anthropic', 'curl', 'claude-haiku-4-5'],
    ['OpenAI SDK · Node', 'OpenAI SDK · JS', 'gpt-5.4-mini'],
    ['Anthropic SDK · Node', 'Anthropic SDK · JS', 'claude-haiku-4-5'],
    ['LangChain · Node', 'LangChain', 'gpt-5.4-mini'],
  ] as const) {
    await popover.getByRole('button', { name: `Copy for ${title}`, exact: true }).click();
    await expect(popover.getByText('Waiting for the first request…')).toBeVisible();
    await expect(popover.getByRole('region', { name: title, exact: true })).not.toContainText(LOCAL_KEY);
    const file = path.join(home, 'snippet.mjs');
    await writeFile(file, await pasted());
    const [program, args] = title.startsWith('curl') ? ['sh', [file]] : [process.execPath, [file]];
    const { stdout } = await run(program, args, { cwd: home, env: { PATH: process.env.PATH } });
    expect(stdout, title).toContain('The café');
    await expectFirst(popover, tool, model);
  }
});

test('Claude Code with the snippet as its settings is named', async ({ launch, home }) => {
  test.skip(process.env.MESHBAR_COMPAT_TOOLS !== '1', 'Run `npm run test:tools` first: it fetches the tools.');
  test.setTimeout(180_000);
  const program = await installTool('claude');
  const { popover } = await launch();
  await openConnect(popover);
  await popover.getByRole('button', { name: 'Copy for Claude Code' }).click();
  await expect(popover.getByText(/add the two lines to its "env"/)).toBeVisible();
  await mkdir(path.join(home, 'claude'));
  await writeFile(path.join(home, 'claude/settings.json'), await pasted());
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    CLAUDE_CONFIG_DIR: path.join(home, 'claude'),
    CI: '1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
  const args = [program, '-p', 'Say hello', '--model', 'claude-sonnet-4-6'];
  const child = run(process.execPath, args, { cwd: home, env });
  child.child.stdin?.end();
  await child;
  await expectFirst(popover, 'Claude Code', 'claude-sonnet-4-6');
});

test('after a minute without a request it is said what to look at', async ({ launch }) => {
  const { popover, url } = await launch();
  await popover.clock.install();
  await openConnect(popover);
  await popover.getByRole('button', { name: 'Copy the variables for sh, zsh, bash' }).click();
  await expect(popover.getByText('Waiting for the first request…')).toBeVisible();
  await popover.clock.fastForward(61_000);
  await expect(popover.getByText('No request has arrived yet.')).toBeVisible();
  await expect(popover.getByText(`The proxy is running at ${url}.`)).toBeVisible();
  await expect(popover.getByText(/env \| grep -E "OPENAI\|ANTHROPIC/)).toBeVisible();
  await expectAccessible(popover, 'what to look at');
  await popover.getByRole('button', { name: 'Dismiss' }).click();
  await expect(popover.getByText('No request has arrived yet.')).toHaveCount(0);
});

test('a stopped proxy is said, and started from there', async ({ launch }) => {
  const { popover } = await launch({ settings: { autostart: false } });
  await openConnect(popover, 'stopped');
  await expect(popover.getByText('The proxy is stopped.')).toBeVisible();
  await expectAccessible(popover, 'a stopped proxy');
  await popover.getByRole('button', { name: 'Start the proxy' }).click();
  await proxyIs(popover, 'running');
  await expect(popover.getByText('The proxy is stopped.')).toHaveCount(0);
});

async function openConnect(popover: Page, status = 'running'): Promise<void> {
  await proxyIs(popover, status);
  await clickTray();
  await popover.getByRole('button', { name: 'Connect a tool' }).click();
}

async function expectFirst(popover: Page, tool: string, model: string): Promise<void> {
  await expect(popover.getByText(`First request received from ${tool} · ${model}`)).toBeVisible();
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
