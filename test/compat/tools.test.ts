import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { snippetOf } from '../../src/shared/snippets.js';
import { bareEnvironment, LOCAL_KEY, machine, type Ran } from './machine.js';
import { expectMetered } from './metered.js';
import { installTool, runTool, type ToolName, toolVersion } from './tools.js';

const INSTALL_MS = 600_000;
const TURN_MS = 120_000;
/** What the simulator says in each answer. */
const ANSWER = 'The café on the corner';

/**
 * Claude Code and Codex, from npm, hold a whole turn: they ask, the answer calls their shell, they run it, they send what
 * it said, they show the answer to that. `npm run test:tools` runs this; the tools are too large for every run.
 */
describe.runIf(process.env.MESHBAR_COMPAT_TOOLS === '1')('tools from npm', () => {
  const running = machine();
  const programs: Partial<Record<ToolName, string>> = {};
  beforeAll(async () => {
    // One after the other: npm is heavy on a small machine.
    for (const tool of ['claude', 'codex'] as const) programs[tool] = await installTool(tool);
  }, INSTALL_MS);

  /** Runs a tool in a folder of its own and expects its turn to have been metered as it was billed. */
  async function turn(tool: ToolName, args: readonly string[], env: NodeJS.ProcessEnv, folder: string): Promise<Ran> {
    const billedBefore = running().simulator.billed.length;
    const work = path.join(running().home, folder);
    await mkdir(work);
    const ran = await runTool(programs[tool] as string, args, work, { ...bareEnvironment(running().home), ...env });
    expect(ran.stdout).toContain(ANSWER);
    expect(ran.code).toBe(0);
    const bills = running().simulator.billed.slice(billedBefore);
    // The question, and the result of its shell.
    expect(bills.length).toBeGreaterThanOrEqual(2);
    const records = await running().take(bills.length);
    for (const [i, record] of records.entries()) {
      expect(record).toMatchObject({
        tool: { claude: 'Claude Code', codex: 'Codex' }[tool],
        toolVersion: toolVersion(tool),
      });
      expect(record.usage?.inputTokens).toBeGreaterThan(1000);
      expectMetered(record, bills[i]);
    }
    return ran;
  }

  test(
    'Claude Code',
    async () => {
      const args = ['-p', 'Say hello', '--model', 'claude-sonnet-4-6', '--allowedTools', 'Bash'];
      const settings = {
        ANTHROPIC_BASE_URL: `${running().url}/anthropic`,
        ANTHROPIC_API_KEY: LOCAL_KEY,
        CI: '1',
        DISABLE_AUTOUPDATER: '1',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      };
      const ran = await turn('claude', [...args, '--output-format', 'stream-json', '--verbose'], settings, 'claude');
      expect(ran.stdout).toContain('"content":"simulated"');
    },
    TURN_MS,
  );

  test.each([
    ['events of one answer', false, 'http'],
    ['a WebSocket', true, 'websocket'],
  ] as const)(
    'Codex, by %s',
    async (_name, supportsWebsockets, transport) => {
      const codexHome = path.join(running().home, `codex-home-${transport}`);
      await mkdir(codexHome);
      const config = [
        'model = "gpt-5.4"',
        'model_provider = "meshbar"',
        'approval_policy = "never"',
        // The simulator has it say "echo simulated"; a sandbox needs rights that not every machine gives.
        'sandbox_mode = "danger-full-access"',
        'check_for_update_on_startup = false',
        '[analytics]',
        'enabled = false',
        '[model_providers.meshbar]',
        'name = "Meshbar"',
        `base_url = "${running().url}/openai/v1"`,
        'env_key = "OPENAI_API_KEY"',
        'wire_api = "responses"',
        `supports_websockets = ${supportsWebsockets}`,
      ];
      await writeFile(path.join(codexHome, 'config.toml'), `${config.join('\n')}\n`);
      const env = { CODEX_HOME: codexHome, OPENAI_API_KEY: LOCAL_KEY };
      const ran = await turn('codex', ['exec', '--skip-git-repo-check', 'Say hello'], env, `codex-${transport}`);
      expect(ran.stderr).toMatch(/succeeded in .*\nsimulated/);
      expect(running().forwarded().at(-1)?.transport).toBe(transport);
    },
    TURN_MS,
  );

  test(
    'Claude Code with the snippet as its settings, and nothing in the environment',
    async () => {
      const folder = path.join(running().home, 'claude-home');
      await mkdir(folder);
      await writeFile(path.join(folder, 'settings.json'), snippetOf('claude-code', running().url, LOCAL_KEY).text);
      const args = ['-p', 'Say hello', '--model', 'claude-sonnet-4-6', '--allowedTools', 'Bash'];
      const quiet = { CI: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' };
      await turn('claude', args, { CLAUDE_CONFIG_DIR: folder, ...quiet }, 'claude-snippet');
    },
    TURN_MS,
  );

  test(
    'Codex with the snippet as its configuration, and a key of somebody else’s in the environment',
    async () => {
      const codexHome = path.join(running().home, 'codex-home-snippet');
      await mkdir(codexHome);
      const snippet = snippetOf('codex', running().url, LOCAL_KEY).text;
      await writeFile(path.join(codexHome, 'config.toml'), snippet);
      const args = ['-m', 'gpt-5.4', '-s', 'danger-full-access', '-c', 'analytics.enabled=false'];
      const env = { CODEX_HOME: codexHome, OPENAI_API_KEY: 'sk-of-somebody-else' };
      await turn('codex', ['exec', '--skip-git-repo-check', ...args, 'Say hello'], env, 'codex-snippet');
    },
    TURN_MS,
  );
});
