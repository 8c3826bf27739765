import path from 'node:path';
import { envVariables } from '../../shared/env-block.js';
import { baseUrlOf, PROVIDER_NAMES, PROVIDERS } from '../../shared/providers.js';
import type { Message } from '../../words/index.js';
import type { ProxyAddress } from '../adapter.js';
import { claudeLaunch } from './claude-launch.js';
import { codexLaunch } from './codex-launch.js';
import { opencodeLaunch } from './opencode-launch.js';

/** A command as it is to be started. */
export interface Launch {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What may still keep its requests from the proxy. */
  readonly remarks: readonly Message[];
}

export interface LaunchContext {
  readonly address: ProxyAddress;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly homedir: string;
  readonly platform: NodeJS.Platform;
  /** Writes a file for this run, readable by this user alone; gives its path. */
  writeFile(name: string, text: string): Promise<string>;
}

type ToolLaunch = (args: readonly string[], env: NodeJS.ProcessEnv, context: LaunchContext) => Promise<Launch>;

/** What a tool needs besides the variables, by its command. */
const LAUNCHES: Readonly<Record<string, ToolLaunch>> = {
  claude: claudeLaunch,
  codex: codexLaunch,
  opencode: opencodeLaunch,
};

/** The command's arguments and environment, so that it sends to the proxy and to nobody else. */
export async function launchOf(command: string, args: readonly string[], context: LaunchContext): Promise<Launch> {
  const env = proxiedEnvironment(context);
  const name = path.basename(command).replace(/\.(?:exe|cmd|ps1|js)$/i, '');
  const launch = LAUNCHES[name];
  return launch ? launch(args, env, context) : { args, env, remarks: [] };
}

/** The environment with our variables, and without keys of another name, which would be sent beside ours. */
function proxiedEnvironment({ env, address }: LaunchContext): NodeJS.ProcessEnv {
  const { url, localKey } = address;
  const rest = { ...env };
  const addresses: [string, string][] = [];
  for (const name of PROVIDER_NAMES) {
    const { variables, otherKeys } = PROVIDERS[name];
    for (const variable of otherKeys) delete rest[variable];
    for (const { otherAddress } of variables) {
      if (otherAddress !== undefined) addresses.push([otherAddress, baseUrlOf(name, url)]);
    }
  }
  return {
    ...rest,
    ...Object.fromEntries([...envVariables(url, localKey), ...addresses]),
    ...withoutProxies(env, new URL(url).hostname.replace(/^\[|\]$/g, '')),
  };
}

/** Both spellings, since programs differ in which they read; a list of one counts where the other was not set. */
function withoutProxies(env: NodeJS.ProcessEnv, host: string): NodeJS.ProcessEnv {
  const before = env.no_proxy ?? env.NO_PROXY ?? '';
  const names = before.split(/[\s,]+/).filter((name) => name !== '');
  if (names.includes('*')) return {};
  const value = [...new Set([...names, '127.0.0.1', 'localhost', '::1', host])].join(',');
  return { NO_PROXY: value, no_proxy: value };
}
