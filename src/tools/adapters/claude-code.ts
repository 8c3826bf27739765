import path from 'node:path';
import { baseUrlOf } from '../../shared/providers.js';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import type { FileTool } from '../adapter.js';
import { jsonc } from '../formats/jsonc.js';
import { valueAt } from '../formats/values.js';

/** Where Claude Code sends, and the variables that say so (https://code.claude.com/docs/en/env-vars). */
export const CLAUDE_PROVIDER = 'anthropic';
export const CLAUDE_ADDRESS = 'ANTHROPIC_BASE_URL';
export const CLAUDE_KEY = 'ANTHROPIC_API_KEY';
/** Counts before the key. */
export const CLAUDE_TOKEN = 'ANTHROPIC_AUTH_TOKEN';

/** Variables that send Claude Code to a cloud's service, whatever its address says. */
export const CLOUD_SWITCHES = ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'] as const;

/**
 * Claude Code reads variables from the `env` of its settings, which count before a shell's
 * (https://code.claude.com/docs/en/settings, https://code.claude.com/docs/en/env-vars).
 */
export const claudeCode: FileTool = {
  kind: 'file',
  id: 'claude-code',
  title: 'Claude Code',
  meterName: 'Claude Code',
  programs: ['claude'],
  format: jsonc,
  file: ({ env, homedir }) => path.resolve(env.CLAUDE_CONFIG_DIR || path.join(homedir, '.claude'), 'settings.json'),
  settings: ({ url, localKey }) => [
    { path: ['env', CLAUDE_ADDRESS], value: baseUrlOf(CLAUDE_PROVIDER, url), role: 'address' },
    { path: ['env', CLAUDE_TOKEN], value: localKey, role: 'key' },
    // Behind any address but Anthropic's, Claude Code leaves tool search out unless told that it passes.
    { path: ['env', 'ENABLE_TOOL_SEARCH'], value: 'true', role: 'optional' },
  ],
  remarks: (config) =>
    CLOUD_SWITCHES.filter((name) => isOn(valueAt(config, ['env', name]))).map(
      (name): Message => say('tools.claudeCode.cloud', { name }),
    ),
  verify: say('tools.claudeCode.verify'),
};

function isOn(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
