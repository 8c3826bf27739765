import type { ProxyState } from '../core/core-api.js';
import type { ProxyView } from '../shared/ipc.js';

/** What windows are told of the proxy: everything but the local key. */
export function proxyView(state: ProxyState): ProxyView {
  if (state.status !== 'running') return state;
  const { localKey: _secret, ...shown } = state.proxy;
  return { status: 'running', ...shown };
}
