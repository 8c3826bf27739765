import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from '@decimalturn/toml-patch';
import { asObject, asText, type JsonObject } from '../../core/session/settings.js';
import type { DoctorContext } from '../context.js';
import { type Api, baseUrlFor, pointingOf } from '../environment/pointing.js';
import type { Expected } from '../facts.js';
import { shownAddress } from '../shown-address.js';
import type { ToolConfigs, ToolState } from './tool-configs.js';

/** Reads the settings of Claude Code and Codex, and changes nothing in them. */
export function readToolConfigs({ homedir, cwd, env }: DoctorContext, expected: Expected): ToolConfigs {
  const claude = env.CLAUDE_CONFIG_DIR ?? path.join(homedir, '.claude');
  const project = path.join(cwd, '.claude');
  const claudeFiles = [
    path.join(claude, 'settings.json'),
    path.join(project, 'settings.json'),
    path.join(project, 'settings.local.json'),
  ];
  const codexFile = path.join(env.CODEX_HOME ?? path.join(homedir, '.codex'), 'config.toml');
  return {
    async inspect() {
      const states = await Promise.all([
        // The user's own is Claude Code's; those of a project matter only where they name an address.
        ...claudeFiles.map((file, index) => inspectClaude(file, expected, index > 0)),
        inspectCodex(codexFile, expected, env),
      ]);
      return states.filter((state) => state !== undefined);
    },
  };
}

/** https://docs.claude.com/en/docs/claude-code/settings: `env` is set for each session. */
async function inspectClaude(file: string, expected: Expected, isProject: boolean): Promise<ToolState | undefined> {
  const tool = { name: 'Claude Code', file };
  const settings = await readObject(file, (text) => JSON.parse(text));
  if (settings === 'absent') return undefined;
  if (settings === 'unreadable') return { ...tool, standing: 'unreadable' };
  const variables = asObject(settings.env) ?? {};
  const address = asText(variables.ANTHROPIC_BASE_URL);
  if (address === undefined) return isProject ? undefined : { ...tool, standing: 'unconnected' };
  const remedy = { text: `Set ANTHROPIC_BASE_URL in its "env" to ${baseUrlFor('anthropic', expected.url)}.` };
  const elsewhere = notHere(address, 'anthropic', expected);
  if (elsewhere) return { ...tool, ...elsewhere, remedy };
  const key = asText(variables.ANTHROPIC_AUTH_TOKEN) ?? asText(variables.ANTHROPIC_API_KEY);
  if (key === undefined || (await fits(key, expected))) return { ...tool, standing: 'connected' };
  return { ...tool, standing: 'wrong_key', remedy: { text: 'Set ANTHROPIC_API_KEY in its "env" to the local key.' } };
}

/** https://developers.openai.com/codex/config-reference: the provider in use, of the profile in use. */
async function inspectCodex(file: string, expected: Expected, env: NodeJS.ProcessEnv): Promise<ToolState | undefined> {
  const tool = { name: 'Codex', file };
  const config = await readObject(file, parse);
  if (config === 'absent') return undefined;
  if (config === 'unreadable') return { ...tool, standing: 'unreadable' };
  const profile = asObject(asObject(config.profiles)?.[asText(config.profile) ?? '']);
  const id = asText(profile?.model_provider) ?? asText(config.model_provider) ?? 'openai';
  const provider = asObject(asObject(config.model_providers)?.[id]);
  const address = asText(provider?.base_url) ?? (id === 'openai' ? asText(config.openai_base_url) : undefined);
  if (address === undefined) return { ...tool, standing: 'unconnected' };
  const remedy = { text: `Set base_url of its provider "${id}" to ${baseUrlFor('openai', expected.url)}.` };
  const elsewhere = notHere(address, 'openai', expected);
  if (elsewhere) return { ...tool, ...elsewhere, remedy };
  const token = asText(provider?.experimental_bearer_token);
  const variable = asText(provider?.env_key);
  const key = token ?? (variable === undefined ? undefined : env[variable]);
  if ((token === undefined && variable === undefined) || (key !== undefined && (await fits(key, expected)))) {
    return { ...tool, standing: 'connected' };
  }
  const where = token === undefined ? `The variable ${variable} that its env_key names` : 'Its bearer token';
  return {
    ...tool,
    standing: 'wrong_key',
    remark: `${where} ${key === undefined ? 'is not set in this shell' : 'is another one'}.`,
    remedy:
      token === undefined
        ? { text: `Set ${variable} to the local key before Codex starts.` }
        : { text: 'Set it to the local key.' },
  };
}

function notHere(address: string, api: Api, { url }: Expected): Pick<ToolState, 'standing' | 'remark'> | undefined {
  switch (pointingOf(address, api, url)) {
    case 'ours':
      return undefined;
    case 'wrong_path':
      return { standing: 'wrong_path' };
    case 'old':
      return { standing: 'old_address', remark: `It leads to ${shownAddress(address)}.` };
    default:
      return { standing: 'elsewhere', remark: `It leads to ${shownAddress(address)}.` };
  }
}

async function fits(key: string, { insecure, takes }: Expected): Promise<boolean> {
  return insecure || (await takes(key)) !== false;
}

async function readObject(
  file: string,
  parseText: (text: string) => unknown,
): Promise<JsonObject | 'absent' | 'unreadable'> {
  try {
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    return text.trim() === '' ? {} : (asObject(parseText(text)) ?? 'unreadable');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable';
  }
}
