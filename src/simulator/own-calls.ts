import type { IncomingMessage } from 'node:http';
import { answerAccounts, problem } from './accounts.js';
import type { ReceivedBody } from './body.js';
import { checkAccess } from './checks.js';
import type { RequestRecord } from './journal.js';
import type { OAuth } from './oauth.js';
import type { Reply } from './reply.js';
import type { Service } from './service.js';

/** The service's own calls: signing in and accounts. Undefined where there is none. */
export function ownReply(
  service: Service,
  oauth: OAuth,
  request: IncomingMessage,
  record: RequestRecord,
  body: ReceivedBody,
): Reply | undefined {
  const { method, path } = record;
  const query = new URL(record.target, 'http://simulator').searchParams;
  if (path === '/oauth/authorize' && method === 'GET') return oauth.authorize(query);
  if (path === '/oauth/token' && method === 'POST') {
    const form = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
    if (!form) service.journal.violate(record, 'token-form', String(request.headers['content-type']));
    return oauth.token(new URLSearchParams(body.text));
  }
  if (!path.startsWith('/accounts/')) return undefined;
  const refusal = checkAccess(request, service);
  if (refusal) return problem(refusal.status, refusal.message);
  return answerAccounts(service, method, path, query, body.json);
}
