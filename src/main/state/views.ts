import type { ProxyState } from '../../engine/types.js';
import type { ErrorFacts } from '../../shared/errors.js';
import type { ProxyView, SessionView } from '../../shared/ipc.js';
import type { SessionState } from '../../shared/session.js';
import { errorText, type Message, textOf } from '../../words/index.js';
import { say } from '../../words/say.js';

/** What windows are told of the proxy: everything but the local key, in words that name no option of a command. */
export function proxyView(state: ProxyState, isDemo: boolean): ProxyView {
  if (state.status === 'failed') return { status: 'failed', error: errorText(state.error, 'app') };
  if (state.status !== 'running') return state;
  const { localKey: _secret, ...shown } = state.proxy;
  const keySource: Message = isDemo && !shown.insecure ? say('session.keyFrom.demo') : shown.localKeySource;
  const tokenSource: Message = isDemo ? say('session.tokenFrom.simulator') : shown.upstreamTokenSource;
  const sources = { localKeySource: textOf(keySource, 'app'), upstreamTokenSource: textOf(tokenSource, 'app') };
  return { status: 'running', ...shown, ...sources };
}

export function sessionView(state: SessionState): SessionView {
  const shown = (problem: ErrorFacts | undefined) => problem && errorText(problem, 'app');
  switch (state.status) {
    case 'signed_out':
    case 'expired':
      return { ...state, problem: shown(state.problem) };
    case 'offline':
      return { ...state, reason: shown(state.reason) };
    default:
      return state;
  }
}
