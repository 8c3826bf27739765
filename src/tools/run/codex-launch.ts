import { codexProvider } from '../adapters/codex.js';
import type { Launch, LaunchContext } from './run-environment.js';

/** Not the name of the provider that connecting writes: the two would be mixed. */
const PROVIDER = 'meshbar-run';

/** Codex takes its provider from its configuration alone, of which `-c` gives a part; the key stays in the environment. */
export async function codexLaunch(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { address }: LaunchContext,
): Promise<Launch> {
  const fields = Object.entries({ ...codexProvider(address), env_key: 'OPENAI_API_KEY' });
  const table = fields.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',');
  const config = ['-c', `model_provider="${PROVIDER}"`, '-c', `model_providers.${PROVIDER}={${table}}`];
  return { args: [...config, ...args], env, remarks: [] };
}
