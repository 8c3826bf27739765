import { timingSafeEqual } from 'node:crypto';
import { isLoopbackHost } from '../net/loopback.js';
import { ALL_PROVIDERS } from '../providers/registry.js';
import type { ClientFields } from '../shared/client-fields.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';

/**
 * Who may use the proxy. Threats: a web page in the user's browser (directly, or by DNS rebinding, where a foreign name
 * resolves to 127.0.0.1), and other programs or users that do not know the local key. The first two hold without keys
 * too: "insecure" only turns the key off.
 */
export interface AccessRules {
  /** Compared in constant time; undefined: local keys are off. */
  readonly localKey: string | undefined;
  /** Knows the named keys and compares in constant time; a `refusal` says why one is not good any more. */
  readonly namedKey?: (shown: string) => { readonly keyId: string; readonly refusal?: Message } | undefined;
  /** The address the proxy was bound to. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

type AccessResult =
  /** `keyId`: the named key that was shown; undefined: the shared one, or none was asked for. */
  | { readonly ok: true; readonly origin: string | undefined; readonly keyId?: string }
  | {
      readonly ok: false;
      readonly status: 401 | 403;
      readonly reason: Message;
      /** A page that may call, though its key is wrong: it is let read the answer. */
      readonly origin?: string | undefined;
    };

/** The client's connection. Its address is asked for only where it decides: the system is asked, for each connection. */
interface Connection {
  /** The address of ours that the client connected to. */
  readonly localAddress?: string | undefined;
}

export interface AccessCheck {
  check(headers: Partial<ClientFields>, connection: Connection): AccessResult;
  /** Host and Origin only: what also holds for /healthz and preflight requests. */
  checkPage(headers: Partial<ClientFields>, connection: Connection): AccessResult;
}

/** Beside `Authorization: Bearer`, where clients of any provider show a key. */
const KEY_FIELDS = [...new Set(ALL_PROVIDERS.flatMap(({ keyField }) => keyField ?? []))];
const KEY_SUBPROTOCOLS = ALL_PROVIDERS.flatMap(({ keySubprotocol }) => keySubprotocol ?? []);

/** The key that a subprotocol carries, since WebSocket clients in browsers can't set fields; undefined: none. */
export function keyInSubprotocol(name: string): string | undefined {
  const start = KEY_SUBPROTOCOLS.find((one) => name.startsWith(one));
  return start === undefined ? undefined : name.slice(start.length);
}

export function createAccessCheck(rules: AccessRules): AccessCheck {
  const hosts = new Set(rules.allowedHosts.map((name) => name.toLowerCase()));
  hosts.add(bareHost(rules.host));
  const origins = new Set(rules.allowedOrigins.map((origin) => origin.toLowerCase()));
  const matchesKey = rules.localKey === undefined ? undefined : createKeyComparison(rules.localKey);
  let lastHost: string | undefined;

  const checkPage: AccessCheck['checkPage'] = (headers, connection) => {
    const host = headers.host;
    if (host === undefined || (host !== lastHost && !isAllowedHost(host, hosts, connection))) {
      return {
        ok: false,
        status: 403,
        reason: say('proxy.access.host'),
      };
    }
    // One client, one name: the common case is a single string comparison.
    if (host !== lastHost && isLoopbackHost(bareHost(host))) lastHost = host;
    const origin = headers.origin;
    if (origin !== undefined && !origins.has(origin.toLowerCase())) {
      return {
        ok: false,
        status: 403,
        reason: say('proxy.access.origin'),
      };
    }
    const site = headers['sec-fetch-site'];
    if (origin === undefined && (site === 'cross-site' || site === 'same-site')) {
      return { ok: false, status: 403, reason: say('proxy.access.crossSite') };
    }
    return { ok: true, origin };
  };

  /** Of several keys shown, a good one counts. */
  function namedKeyOf(shown: readonly string[]) {
    let named: ReturnType<NonNullable<AccessRules['namedKey']>>;
    for (const key of shown) {
      const verdict = rules.namedKey?.(key);
      if (verdict && (!named || verdict.refusal === undefined)) named = verdict;
    }
    return named;
  }

  return {
    checkPage,
    check(headers, connection) {
      const page = checkPage(headers, connection);
      if (!page.ok || (matchesKey === undefined && !rules.namedKey)) return page;
      const shown = shownKeys(headers);
      // Every key is compared, so that the time taken tells nothing about which one was right.
      let matches = false;
      if (matchesKey) for (const key of shown) matches = matchesKey(key) || matches;
      if (matches) return page;
      const named = namedKeyOf(shown);
      if (named && named.refusal === undefined) return { ...page, keyId: named.keyId };
      if (matchesKey === undefined) return page;
      if (shown.length === 0) {
        return {
          ok: false,
          status: 401,
          origin: page.origin,
          reason: say('proxy.access.noKey'),
        };
      }
      return {
        ok: false,
        status: 401,
        origin: page.origin,
        reason: named?.refusal ?? say('proxy.access.wrongKey'),
      };
    },
  };
}

/** Compares in a time that depends on the shown key's length alone: both are laid into buffers of one size. */
function createKeyComparison(localKey: string): (shown: string) => boolean {
  const length = Buffer.byteLength(localKey);
  const expected = Buffer.alloc(length + 1);
  expected.write(localKey);
  const given = Buffer.alloc(length + 1);
  return (shown) => {
    given.fill(0);
    given.write(shown);
    const sameBytes = timingSafeEqual(given, expected);
    return sameBytes && Buffer.byteLength(shown) === length;
  };
}

const BEARER = 'bearer ';

function shownKeys(headers: Partial<ClientFields>): string[] {
  const keys: string[] = [];
  const authorization = headers.authorization;
  if (authorization !== undefined && authorization.slice(0, BEARER.length).toLowerCase() === BEARER) {
    keys.push(authorization.slice(BEARER.length).trim());
  }
  for (const field of KEY_FIELDS) {
    const key = headers[field];
    if (key !== undefined) keys.push(key);
  }
  const protocols = headers['sec-websocket-protocol'];
  if (protocols !== undefined) {
    for (const name of protocols.split(',')) {
      const key = keyInSubprotocol(name.trim());
      if (key !== undefined) keys.push(key);
    }
  }
  return keys;
}

function isAllowedHost(header: string, hosts: ReadonlySet<string>, connection: Connection): boolean {
  const host = bareHost(header);
  if (isLoopbackHost(host) || hosts.has(host)) return true;
  // An address can't be rebound: a client that names the very address it reached us at is no web page's trick.
  const { localAddress } = connection;
  return localAddress !== undefined && host === bareHost(localAddress.replace(/^::ffff:/, ''));
}

/** "Name:8766" → "name", "[::1]:8766" → "::1". */
function bareHost(header: string): string {
  const value = header.toLowerCase();
  if (value.startsWith('[')) return value.slice(1, value.indexOf(']') === -1 ? undefined : value.indexOf(']'));
  const colon = value.indexOf(':');
  if (colon === -1 || value.indexOf(':', colon + 1) !== -1) return value;
  return value.slice(0, colon);
}
