import { answerAccounts, problem } from './accounts.js';
import type { ReceivedBody } from './body.js';
import { checkAccess, type Scope } from './checks.js';
import type { Exchange } from './exchange.js';
import type { OAuth } from './oauth.js';
import type { Reply } from './reply.js';

/** The service's own calls: signing in and accounts. Undefined where there is none. */
export function ownReply(exchange: Exchange, oauth: OAuth, body: ReceivedBody): Reply | undefined {
  const { service, request, record } = exchange;
  const { method, path } = record;
  const query = new URL(record.target, 'http://simulator').searchParams;
  if (path === '/oauth/authorize' && method === 'GET') return oauth.authorize(query);
  if (path === '/oauth/token' && method === 'POST') {
    const form = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
    if (!form) service.journal.violate(record, 'token-form', String(request.headers['content-type']));
    const fields = new URLSearchParams(body.text);
    record.form = Object.fromEntries(fields);
    return oauth.token(fields);
  }
  if (!path.startsWith('/accounts/')) return undefined;
  const refusal = checkAccess(request, service, scopeFor(path));
  if (refusal) return problem(refusal.status, refusal.message);
  return answerAccounts(service, method, path, query, body.json);
}

/** What a token must be allowed for each call. */
function scopeFor(path: string): Scope {
  if (path.startsWith('/accounts/profiles/')) return 'profile:read';
  if (path.endsWith('/balance')) return 'projects:billing.read';
  return path.endsWith('/llm-proxy/usage') ? 'llm:usage.read' : 'projects:read';
}
