/** What a tool is started with by `meshbar run`; that it is started so, test/terminal/run-command.test.ts says. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { launchOf } from '../../../src/tools/run/run-environment.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const ADDRESS = { url: 'http://127.0.0.1:9001', localKey: 'local-key-of-these-tests' };

async function launched(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const homedir = tempFolder();
  return launchOf(name, args, {
    address: ADDRESS,
    env,
    cwd: homedir,
    homedir,
    platform: 'linux',
    writeFile: async (file) => path.join(homedir, file),
  });
}

test('Codex gets a provider by arguments, and no key in them', async () => {
  const { args, env, remarks } = await launched('codex', ['exec', 'ping']);
  expect(args.slice(-2)).toEqual(['exec', 'ping']);
  expect(args.slice(0, 2)).toEqual(['-c', 'model_provider="meshbar-run"']);
  expect(args[3]).toContain('env_key="OPENAI_API_KEY"');
  expect(args[3]).toContain(`base_url="${env.OPENAI_BASE_URL}"`);
  expect(env.OPENAI_API_KEY).toBe(ADDRESS.localKey);
  expect(args.join(' ')).not.toContain(ADDRESS.localKey);
  expect(remarks).toEqual([]);
});

test('Claude Code gets the key as a token, tool search, and no cloud', async () => {
  const { args, env, remarks } = await launched('claude', ['-p', 'ping'], {
    ANTHROPIC_API_KEY: 'sk-ant-old',
    CLAUDE_CODE_USE_BEDROCK: '1',
  });
  expect(args).toEqual(['-p', 'ping']);
  expect(env).toMatchObject({ ANTHROPIC_AUTH_TOKEN: ADDRESS.localKey, ENABLE_TOOL_SEARCH: 'true' });
  expect(env).not.toHaveProperty('ANTHROPIC_API_KEY');
  expect(env).not.toHaveProperty('CLAUDE_CODE_USE_BEDROCK');
  expect(remarks).toEqual([]);
});

test('opencode gets its providers in the environment, beside what is there', async () => {
  const content = JSON.stringify({ theme: 'x', provider: { ollama: {} } });
  const { args, env } = await launched('opencode', ['run', 'ping'], { OPENCODE_CONFIG_CONTENT: content });
  expect(args).toEqual(['run', 'ping']);
  expect(JSON.parse(env.OPENCODE_CONFIG_CONTENT as string)).toEqual({
    theme: 'x',
    provider: {
      ollama: {},
      openai: { options: { baseURL: env.OPENAI_BASE_URL, apiKey: ADDRESS.localKey } },
      anthropic: { options: { baseURL: `${env.ANTHROPIC_BASE_URL}/v1`, apiKey: ADDRESS.localKey } },
    },
  });
});
