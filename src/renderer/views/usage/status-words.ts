import type { ErrorCode, ErrorInfo } from '../../../shared/errors.js';
import type { ProxyView } from '../../../shared/ipc.js';
import { shownHost } from '../../../shared/proxy-url.js';

/** What the proxy does, in words. Pure. */

export interface StatusWords {
  readonly tone: 'good' | 'bad' | 'busy' | 'off';
  readonly title: string;
}

export function statusWords(proxy: ProxyView): StatusWords {
  switch (proxy.status) {
    case 'running':
      return proxy.insecure
        ? { tone: 'bad', title: 'Proxy running without a key' }
        : { tone: 'good', title: 'Proxy running' };
    case 'starting':
      return { tone: 'busy', title: 'Proxy starting…' };
    case 'stopping':
      return { tone: 'busy', title: `Proxy stopping, ${proxy.inFlight} in flight` };
    case 'failed':
      return { tone: 'bad', title: 'Proxy not running' };
    case 'stopped':
      return { tone: 'off', title: 'Proxy stopped' };
  }
}

/** "127.0.0.1:8766", or where it would be. */
export function addressOf(proxy: ProxyView, settings: { readonly host: string; readonly port: number }): string {
  const { host, port } = proxy.status === 'running' ? proxy : settings;
  return `${shownHost(host)}:${port}`;
}

/** Failures that signing in or choosing a project mends: these are asked for where the session is shown. */
const OF_THE_SESSION: readonly ErrorCode[] = [
  'no_upstream_token',
  'session_expired',
  'no_project',
  'project_access_denied',
  'project_unknown',
];
const OF_THE_SETTINGS: readonly ErrorCode[] = [
  'port_in_use',
  'port_in_use_by_meshbar',
  'listen_failed',
  'insecure_exposure',
  'invalid_option',
];

/** What to press first after a failure. */
export function remedyOf({ code }: ErrorInfo): 'session' | 'settings' | 'retry' {
  if (OF_THE_SESSION.includes(code)) return 'session';
  return OF_THE_SETTINGS.includes(code) ? 'settings' : 'retry';
}
