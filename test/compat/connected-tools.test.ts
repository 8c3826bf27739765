import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MESHBAR } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';
import { bareEnvironment, machine, type Ran, runMeshbar } from './machine.js';
import { installTool, runTool, type ToolName } from './tools.js';

const INSTALL_MS = 600_000;
const TURN_MS = 180_000;
/** What the simulator says in each answer. */
const ANSWER = 'The café on the corner';

const TURNS: Readonly<Record<ToolName, readonly string[]>> = {
  claude: ['-p', 'ping', '--model', 'claude-sonnet-4-6', '--allowedTools', 'Bash'],
  codex: [
    'exec',
    '--skip-git-repo-check',
    '-m',
    'gpt-5.4',
    '-s',
    'danger-full-access',
    '-c',
    'analytics.enabled=false',
    'ping',
  ],
};
const QUIET = {
  CI: '1',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_MAX_RETRIES: '0',
};

/**
 * Claude Code and Codex, from npm, with settings of their user's own: `meshbar connect` brings them to the proxy,
 * `meshbar disconnect` back to where they went before. `npm run test:tools` runs this.
 */
describe.runIf(process.env.MESHBAR_COMPAT_TOOLS === '1')('tools from npm, connected', () => {
  const running = machine();
  const programs: Partial<Record<ToolName, string>> = {};
  beforeAll(async () => {
    for (const tool of ['claude', 'codex'] as const) programs[tool] = await installTool(tool);
  }, INSTALL_MS);

  /** Where the tool went before: it counts what comes, with which key, and refuses it. */
  async function formerService() {
    const keys: string[] = [];
    const server = http.createServer((request, response) => {
      keys.push(String(request.headers.authorization));
      request.resume();
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"type":"error","error":{"type":"authentication_error","message":"refused"}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
  }

  /** The records of what has been billed since: they come in batches, some time after the tool has ended. */
  function takeBilled(before: number) {
    return running().take(running().simulator.billed.length - before);
  }

  async function setUp(tool: ToolName, fileName: string, text: string) {
    const home = path.join(running().home, `home-${tool}`);
    const work = path.join(home, 'work');
    await mkdir(work, { recursive: true });
    const file = path.join(home, fileName);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    const env: NodeJS.ProcessEnv = { ...bareEnvironment(running().home), HOME: home, USERPROFILE: home, ...QUIET };
    return { file, env, turn: () => runTool(programs[tool] as string, TURNS[tool], work, env), work };
  }

  const cases = [
    {
      tool: 'claude',
      name: 'claude-code',
      title: 'Claude Code',
      model: 'claude-sonnet-4-6',
      fileName: '.claude/settings.json',
      settings: (url: string) => `{"env": {"ANTHROPIC_BASE_URL": "${url}",\n   "ANTHROPIC_AUTH_TOKEN": "my-own-key"}}`,
    },
    {
      tool: 'codex',
      name: 'codex',
      title: 'Codex',
      model: 'gpt-5.4',
      fileName: '.codex/config.toml',
      settings: (url: string) =>
        [
          '# mine',
          'model_provider = "theirs" # for now',
          'check_for_update_on_startup = false',
          '',
          '[model_providers.theirs]',
          'name = "Theirs"',
          `base_url = "${url}/v1"`,
          'experimental_bearer_token = "my-own-key"',
          'wire_api = "responses"',
          'request_max_retries = 0',
          'stream_max_retries = 0',
          '',
        ].join('\n'),
    },
  ] as const;

  test.each(cases)(
    '$title holds a turn through the proxy, and goes where it went before once disconnected',
    async ({ tool, name, title, model, fileName, settings }) => {
      const former = await formerService();
      const billedBefore = running().simulator.billed.length;
      const text = settings(former.url);
      const { file, env, turn } = await setUp(tool, fileName, text);
      const connecting = runMeshbar(['connect', name, '--yes'], env);
      await waitFor(
        async () => (await readFile(file, 'utf8')).includes(running().url),
        'the file to be written',
        30_000,
      );
      const ran = await turn();
      expect(ran.stdout).toContain(ANSWER);
      const connected = await connecting;
      expect(connected).toMatchObject({ code: 0, stderr: expect.stringContaining(`first request from ${title}`) });
      expect(connected.stdout).toContain(`It works: first request from ${title}, ${model}`);
      expect(connected.stdout).not.toContain('my-own-key');
      expect(former.keys).toEqual([]);
      await takeBilled(billedBefore);

      expect((await runMeshbar(['disconnect', name], env)).stdout).toMatch(/is as it was/);
      expect(await readFile(file, 'utf8')).toBe(text);
      await turn();
      expect(former.keys).toContain('Bearer my-own-key');
      expect(running().untaken).toEqual([]);
    },
    TURN_MS,
  );

  test.each(cases)(
    'meshbar run -- $tool goes through the proxy, whatever the settings of $title say',
    async ({ tool, title, fileName, settings }) => {
      const former = await formerService();
      const billedBefore = running().simulator.billed.length;
      const text = settings(former.url);
      const { file, env, work } = await setUp(tool, fileName, text);
      const bin = path.join(
        path.dirname(programs[tool] as string).split('node_modules')[0] as string,
        'node_modules',
        '.bin',
      );
      const PATH = `${bin}${path.delimiter}${env.PATH}`;
      const ran = await runIn(work, ['run', '--', tool, ...TURNS[tool]], { ...env, PATH });
      expect(ran.stdout).toContain(ANSWER);
      expect(ran.code).toBe(0);
      expect(ran.stderr).toMatch(/^meshbar: \d+ requests · 0 failed .*$/m);
      expect(former.keys).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe(text);
      const records = await takeBilled(billedBefore);
      expect(records.map((record) => record.tool)).toContain(title);
      expect(ran.stderr).toContain(`meshbar: ${records.length} requests ·`);
      expect(new Set(records.map(({ keyId }) => keyId)).size).toBe(1);
      expect(records[0]?.keyId).toMatch(/^key_/);
    },
    TURN_MS,
  );
});

/** Runs meshbar in a folder, with nothing to read from. */
function runIn(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MESHBAR, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}
