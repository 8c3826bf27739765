import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { baseUrlOf } from '../../shared/providers.js';
import { say } from '../../words/say.js';
import { CLOUD_SWITCHES, claudeCode } from '../adapters/claude-code.js';
import { jsonc } from '../formats/jsonc.js';
import { isMapping, valueAt } from '../formats/values.js';
import type { Launch, LaunchContext } from './run-environment.js';

/** Variables that send Claude Code elsewhere, or make it show another key. */
const ROUTING = ['ANTHROPIC_BASE_URL', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY', ...CLOUD_SWITCHES];

/**
 * Claude Code shows the key as ANTHROPIC_AUTH_TOKEN: with ANTHROPIC_API_KEY it asks first. The `env` of its settings
 * files counts before ours, and `--settings` before those (https://code.claude.com/docs/en/settings): where they route
 * it elsewhere, a file for this run sets that right. In a file, because arguments can be seen by others.
 */
export async function claudeLaunch(
  args: readonly string[],
  given: NodeJS.ProcessEnv,
  context: LaunchContext,
): Promise<Launch> {
  const { ANTHROPIC_API_KEY: _asksFirst, ...rest } = given;
  for (const name of CLOUD_SWITCHES) delete rest[name];
  const ours = {
    ANTHROPIC_BASE_URL: baseUrlOf('anthropic', context.address.url),
    ANTHROPIC_AUTH_TOKEN: context.address.localKey,
  };
  // Behind any address but Anthropic's, Claude Code leaves tool search out unless told that it passes.
  const env = { ENABLE_TOOL_SEARCH: 'true', ...rest, ...ours };
  const contradicted = (await routingOfSettings(context)).filter(
    ([name, value]) => (ours as Record<string, string>)[name] !== value,
  );
  if (contradicted.length === 0) return { args, env, remarks: [] };
  if (args.some((arg) => arg === '--settings' || arg.startsWith('--settings='))) {
    const names = contradicted.map(([name]) => name).join(', ');
    return { args, env, remarks: [say('tools.run.claudeSettings', { names })] };
  }
  const off = Object.fromEntries(CLOUD_SWITCHES.map((name) => [name, '0']));
  const key = context.address.localKey;
  const settings = { env: { ...off, ...ours, ANTHROPIC_API_KEY: key } };
  if (!contradicted.some(([name]) => name === 'ANTHROPIC_API_KEY')) {
    delete (settings.env as Record<string, string>).ANTHROPIC_API_KEY;
  }
  const file = await context.writeFile('claude-settings.json', JSON.stringify(settings));
  return { args: ['--settings', file, ...args], env, remarks: [] };
}

/** Of the user's settings and those of the project; one that can't be read is Claude Code's to complain of. */
async function routingOfSettings(context: LaunchContext): Promise<[string, unknown][]> {
  const project = path.join(context.cwd, '.claude');
  const files = [
    claudeCode.file(context),
    path.join(project, 'settings.json'),
    path.join(project, 'settings.local.json'),
  ];
  const found: [string, unknown][] = [];
  for (const file of files) {
    try {
      const env = valueAt(jsonc.parse(await readFile(file, 'utf8')), ['env']);
      if (isMapping(env)) found.push(...Object.entries(env).filter(([name]) => ROUTING.includes(name)));
    } catch {}
  }
  return found;
}
