import { proxyUrl } from '../../shared/proxy-url.js';
import type { SettingsStore } from '../settings/settings.js';
import type { AppEngine } from './app-engine.js';

/**
 * Where the running proxy listens, else where it will, and the shared local key (a secret). Rejects with MeshbarError
 * where there is no local key.
 */
export async function proxyAddress(
  engine: AppEngine,
  settings: SettingsStore,
): Promise<{ url: string; localKey: string }> {
  const { state, session } = engine.current;
  if (state.status === 'running') return { url: state.proxy.url, localKey: state.proxy.localKey };
  const { host, port } = settings.current;
  return { url: proxyUrl(host, port), localKey: (await session.localKey({ orForThisRun: true })).key };
}
