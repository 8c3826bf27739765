import type { IncomingMessage } from 'node:http';
import type { RequestRecord } from './journal.js';
import { type SimulatedService, simulatedProjectOf } from './service.js';

/** Fields that end at the next hop (RFC 9110 section 7.6.1); a proxy that is right never passes them on. */
const HOP_BY_HOP = [
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'http2-settings',
];
const CONNECTION_WORDS = new Set(['keep-alive', 'close', 'upgrade']);

/** Writes down what no request may have that came by way of a correct proxy. `host` is the one we are reached by. */
export function inspect(
  request: IncomingMessage,
  record: RequestRecord,
  service: SimulatedService,
  host: string,
): void {
  const { headers } = request;
  const violate = (rule: string, detail: string) => service.journal.violate(record, rule, detail);
  for (const name of HOP_BY_HOP) if (headers[name] !== undefined) violate('hop-by-hop', name);
  if (headers.upgrade !== undefined && record.transport === 'http') violate('hop-by-hop', 'upgrade');
  for (const word of (headers.connection ?? '').toLowerCase().split(',')) {
    if (word.trim() !== '' && !CONNECTION_WORDS.has(word.trim())) violate('hop-by-hop', `connection: ${word.trim()}`);
  }
  if (headers['x-api-key'] !== undefined) violate('leaked-key', 'x-api-key');
  if (headers['api-key'] !== undefined) violate('leaked-key', 'api-key');
  if (count(request, 'authorization') > 1) violate('leaked-key', 'two authorization fields');
  if (count(request, 'meshagent-project-id') > 1) violate('project', 'two Meshagent-Project-Id fields');
  for (const secret of service.forbidden) {
    if (record.target.includes(secret)) violate('leaked-key', 'in the address');
    for (const [name, value] of Object.entries(headers))
      if (String(value).includes(secret)) violate('leaked-key', name);
  }
  if (headers.host !== host) violate('host', String(headers.host));
  const segments = record.path.replace(/%2f/gi, '/').split(/[/\\]/);
  if (segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) violate('dot-segment', record.path);
}

function count(request: IncomingMessage, lowerName: string): number {
  return request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === lowerName).length;
}

export type Scope = 'profile:read' | 'projects:read' | 'projects:billing.read' | 'llm:invoke' | 'llm:usage.read';

export interface Refusal {
  readonly status: 400 | 401 | 403;
  readonly message: string;
}

/** Whether the access token is good, and good for this; a reason for the refusal if not. */
export function checkAccess(request: IncomingMessage, service: SimulatedService, scope: Scope): Refusal | undefined {
  const token = bearerOf(request);
  if (token === undefined) return { status: 401, message: 'You did not provide an access token.' };
  const standing = service.sessions.check(token);
  if (standing !== 'good') {
    return { status: 401, message: standing === 'expired' ? 'The access token has expired.' : 'Unknown access token.' };
  }
  if (!service.sessions.allows(token, scope)) return { status: 403, message: `The scope ${scope} is missing.` };
  return undefined;
}

/** Whether the request names a project whose proxy the user may use. */
export function checkProject(request: IncomingMessage, service: SimulatedService): Refusal | undefined {
  const id = request.headers['meshagent-project-id'];
  if (typeof id !== 'string' || id === '') return { status: 400, message: 'Meshagent-Project-Id is missing.' };
  const project = simulatedProjectOf(service, id);
  if (!project?.allowed) return { status: 403, message: 'You may not use the LLM proxy of this project.' };
  return undefined;
}

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
