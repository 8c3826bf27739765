import { DEFAULT_API_URL, type ProxyConfig } from '../settings/config.js';
import { MeshbarError } from '../shared/errors.js';
import type { ProjectChoice } from './session.js';
import type { SavedUser } from './settings.js';

/** Which of several sources counts, in the order of the `meshagent` command. Pure. */

export interface EnvironmentToken {
  readonly name: string;
  /** A secret. */
  readonly token: string;
}

/** Throws MeshbarError no_upstream_token if the variable that was asked for is not set. */
export function environmentToken(config: ProxyConfig, env: NodeJS.ProcessEnv): EnvironmentToken | undefined {
  const name = config.tokenFromEnv ?? 'MESHAGENT_TOKEN';
  const token = env[name];
  if (token) return { name, token };
  if (config.tokenFromEnv === undefined) return undefined;
  throw new MeshbarError('no_upstream_token', { why: 'variable', name });
}

/** Without trailing slashes. Throws MeshbarError invalid_option. */
export function serviceUrlOf(config: ProxyConfig, env: NodeJS.ProcessEnv, user: SavedUser | undefined): string {
  const given = (config.apiUrl || env.MESHAGENT_API_URL || user?.apiUrl || DEFAULT_API_URL).trim();
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new MeshbarError('invalid_option', { why: 'api_url_invalid' });
  }
  // The upstream token goes there: in the clear only on this machine.
  if (new URL(given).protocol === 'http:' && !isLoopbackUrl(given)) {
    throw new MeshbarError('invalid_option', { why: 'api_url_plain' });
  }
  return given.replace(/\/+$/, '');
}

export function projectOf(
  config: ProxyConfig,
  env: NodeJS.ProcessEnv,
  user: SavedUser | undefined,
): ProjectChoice | undefined {
  if (config.projectId) return { id: config.projectId, source: '--project-id' };
  if (env.MESHAGENT_PROJECT_ID) return { id: env.MESHAGENT_PROJECT_ID, source: 'MESHAGENT_PROJECT_ID' };
  return user?.activeProject === undefined ? undefined : { id: user.activeProject, source: 'settings' };
}

/** Plain http is for servers on this machine alone. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
