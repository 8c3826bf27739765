import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { opencodeProviders } from '../adapters/opencode.js';
import { jsonc } from '../formats/jsonc.js';
import { isMapping } from '../formats/values.js';
import type { Launch, LaunchContext } from './run-environment.js';

/** opencode takes a part of its configuration, which counts before its files, from OPENCODE_CONFIG_CONTENT. */
export async function opencodeLaunch(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { address }: LaunchContext,
): Promise<Launch> {
  const { given, remarks } = contentOf(env.OPENCODE_CONFIG_CONTENT);
  const content = JSON.stringify({ ...given, provider: { ...providersOf(given), ...opencodeProviders(address) } });
  return { args, env: { ...env, OPENCODE_CONFIG_CONTENT: content }, remarks };
}

function contentOf(text: string | undefined): { given: Record<string, unknown>; remarks: Message[] } {
  try {
    const value = jsonc.parse(text ?? '') ?? {};
    if (isMapping(value)) return { given: value, remarks: [] };
  } catch {}
  return { given: {}, remarks: [say('tools.run.opencodeConfig')] };
}

function providersOf(given: Record<string, unknown>): Record<string, unknown> {
  return isMapping(given.provider) ? given.provider : {};
}
