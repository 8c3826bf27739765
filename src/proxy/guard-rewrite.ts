import type { BodyRewrite, ExchangeHead, RewriteExchange } from '../shared/exchange.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';

/**
 * A change of bodies that fails before it has changed anything leaves them as they came, and is reported by the error's
 * name alone: its message could quote a prompt. One that fails half-way is Forward's to end.
 */
export function guardRewrite(rewrite: RewriteExchange, onProblem: (problem: Statement) => void): RewriteExchange {
  function attempt<T>(call: () => T): T | undefined {
    try {
      return call();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      onProblem(say('proxy.rewriteFailed', { name }));
      return undefined;
    }
  }
  return (head: ExchangeHead): BodyRewrite | undefined => {
    const inner = attempt(() => rewrite(head));
    if (!inner) return undefined;
    return {
      request: (body) => attempt(() => inner.request(body)),
      requestStream: () => attempt(() => inner.requestStream()),
      response: (status, fields) => attempt(() => inner.response(status, fields)),
    };
  };
}
