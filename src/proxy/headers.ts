import { createFieldLookup } from './field-lookup.js';

/**
 * Header rules, pure. Hop-by-hop fields (RFC 9110 section 7.6.1) end at the proxy; the client's credentials never leave
 * the machine; ours are added last, so that neither a field of the same name nor one named by `Connection` can
 * override or remove them.
 */

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Ours to set, or the client's secret. `content-length` is set again where it holds. */
const REPLACED = new Set([
  'host',
  'authorization',
  'x-api-key',
  'api-key',
  'meshagent-project-id',
  'expect',
  'content-length',
]);

const WEBSOCKET_HANDSHAKE = new Set([
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'sec-websocket-accept',
]);

/** Cookies of 127.0.0.1 belong to every local web server: a browser would send them along. */
const BROWSER_ONLY = new Set(['cookie', 'origin', 'referer']);

/** What the rules say of a field by its name. */
interface FieldRule {
  readonly hopByHop: boolean;
  /** Ours to set, or of the handshake: never passed upstream. */
  readonly stopsHere: boolean;
  readonly browserOnly: boolean;
}

/** Applies to every field that no rule is about. */
const NO_RULE: FieldRule = { hopByHop: false, stopsHere: false, browserOnly: false };

const NAMES = [...HOP_BY_HOP, ...REPLACED, ...WEBSOCKET_HANDSHAKE, ...BROWSER_ONLY];

const ruleOf = createFieldLookup<FieldRule>(
  NAMES,
  (name) => ({
    hopByHop: HOP_BY_HOP.has(name),
    // Servers behind CGI-like gateways read "_" as "-": a client could smuggle our fields in that way.
    stopsHere: REPLACED.has(name.replaceAll('_', '-')) || WEBSOCKET_HANDSHAKE.has(name),
    browserOnly: BROWSER_ONLY.has(name),
  }),
  NO_RULE,
);

export interface UpstreamCredentials {
  readonly upstreamToken: string;
  readonly projectId: string;
  /** Fields added besides, flat, each unless the client sent it. */
  readonly annotations?: readonly string[];
}

/**
 * The client's fields that go upstream, as a flat list of names and values in their order and spelling. With
 * `plainAnswer` the answer is asked for without compression, since part of it will have to be withheld.
 */
export function passedRequestFields(rawHeaders: readonly string[], plainAnswer = false): string[] {
  const named = namedByConnection(rawHeaders);
  const fromBrowser = countField(rawHeaders, 'origin') > 0;
  const out: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const rule = ruleOf(name);
    if (rule.hopByHop || rule.stopsHere || named?.has(name.toLowerCase())) continue;
    if (fromBrowser && rule.browserOnly) continue;
    if (plainAnswer && isNamed(name, 'accept-encoding')) continue;
    out.push(name, rawHeaders[i + 1] as string);
  }
  if (plainAnswer) out.push('Accept-Encoding', 'identity');
  return out;
}

/** Adds our fields behind those of the client that pass, which came of the same `rawHeaders`. */
export function addOwnFields(
  fields: string[],
  rawHeaders: readonly string[],
  { upstreamToken, projectId, annotations = [] }: UpstreamCredentials,
): void {
  for (let i = 0; i < annotations.length; i += 2) {
    const name = annotations[i] as string;
    if (countField(rawHeaders, name.toLowerCase()) === 0) fields.push(name, annotations[i + 1] as string);
  }
  fields.push('Authorization', `Bearer ${upstreamToken}`, 'Meshagent-Project-Id', projectId);
}

/** Response fields for the client: what upstream sent, less hop-by-hop ones and those in `without` (lower case). */
export function clientResponseHeaders(rawHeaders: readonly string[], without?: ReadonlySet<string>): string[] {
  const named = namedByConnection(rawHeaders);
  const out: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const rule = ruleOf(name);
    if (rule.hopByHop || named?.has(name.toLowerCase()) || without?.has(name.toLowerCase())) continue;
    out.push(name, rawHeaders[i + 1] as string);
  }
  return out;
}

/** What an answer's fields say of its body: of two types the first counts, as node:http has it; codings are joined. */
export function bodyFields(rawHeaders: readonly string[]) {
  let type: string | undefined;
  let encoding: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    if (isNamed(name, 'content-type')) type ??= value;
    else if (isNamed(name, 'content-encoding')) {
      encoding = encoding === undefined ? value : `${encoding}, ${value}`;
    }
  }
  return { 'content-type': type, 'content-encoding': encoding };
}

/** Lower-case names listed in Connection fields, or undefined where only the usual ones stand there. */
function namedByConnection(rawHeaders: readonly string[]): Set<string> | undefined {
  let named: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!isNamed(name, 'connection')) continue;
    const value = (rawHeaders[i + 1] as string).toLowerCase();
    if (value === 'keep-alive' || value === 'close' || value === 'upgrade') continue;
    named ??= new Set();
    for (const part of value.split(',')) named.add(part.trim());
  }
  return named;
}

/** How often a field comes; `rawHeaders` is a flat list as node:http gives it. */
export function countField(rawHeaders: readonly string[], lowerName: string): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (isNamed(rawHeaders[i] as string, lowerName)) count += 1;
  }
  return count;
}

function isNamed(name: string, lowerName: string): boolean {
  return name.length === lowerName.length && name.toLowerCase() === lowerName;
}
