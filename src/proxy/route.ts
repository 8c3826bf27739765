import { ALL_PROVIDERS, DEFAULT_PROVIDER, providerOf } from '../providers/registry.js';
import { PROVIDERS, type ProviderName } from '../shared/providers.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';

/** Where a request goes. `path` is what the provider knows ("/v1/messages"), `query` keeps its "?". */
export interface Route {
  readonly providerName: ProviderName;
  readonly path: string;
  readonly query: string;
  /** Path and query below the base URL of hosted MeshAgent: "/anthropic/v1/messages?beta=true". */
  readonly upstreamPath: string;
}

export type RouteResult =
  | { readonly ok: true; readonly route: Route }
  | { readonly ok: false; readonly reason: Message };

/** Says whether a provider's service answers a path, given without query: the registry's table. */
export type IsAllowedPath = (providerName: ProviderName, path: string) => boolean;

/** Meshbar's own, beside the providers' paths; it asks for the local key. */
export const STATUS_PATH = '/meshbar/status';

const VERSION = '/v1/';
/** `added` is before the target upstream, where the client left it out. */
const PREFIXES: readonly { prefix: string; providerName: ProviderName; keep: number; added: string }[] = [
  ...ALL_PROVIDERS.map(({ name, prefix }) => ({
    prefix: prefix + VERSION,
    providerName: name,
    keep: prefix.length,
    added: '',
  })),
  { prefix: VERSION, providerName: DEFAULT_PROVIDER.name, keep: 0, added: DEFAULT_PROVIDER.prefix },
];

/**
 * Maps a request target to its upstream path. The path is passed on exactly as it came, so anything two servers could
 * read differently is refused here: dot segments (plain, percent-encoded, or behind an encoded slash), backslashes,
 * empty segments, absolute-form targets and fragments. All other percent-escapes pass untouched.
 */
export function routeRequest(target: string, isAllowedPath: IsAllowedPath): RouteResult {
  const queryAt = target.indexOf('?');
  const pathname = queryAt === -1 ? target : target.slice(0, queryAt);
  const query = queryAt === -1 ? '' : target.slice(queryAt);
  const fault = pathFault(pathname, query);
  if (fault) return { ok: false, reason: fault };

  for (const { prefix, providerName, keep, added } of PREFIXES) {
    if (!pathname.startsWith(prefix)) continue;
    const path = pathname.slice(keep);
    if (!isAllowedPath(providerName, path)) break;
    return { ok: true, route: { providerName, path, query, upstreamPath: added + target } };
  }
  return { ok: false, reason: unknownPath(pathname) };
}

/** Whose a target is by its beginning, good or not, and its path there: a refusal is written as that provider would. */
export function aimOf(target: string): { readonly providerName: ProviderName; readonly path: string } {
  const pathname = target.split('?', 1)[0] as string;
  for (const { name, prefix } of ALL_PROVIDERS) {
    if (pathname === prefix || pathname.startsWith(`${prefix}/`)) {
      return { providerName: name, path: pathname.slice(prefix.length) };
    }
  }
  return { providerName: DEFAULT_PROVIDER.name, path: pathname };
}

const MAX_REMEMBERED = 200;

/** As routeRequest does. Tools ask for the same few targets again and again: those that were good are remembered. */
export function createRouter(isAllowedPath: IsAllowedPath): (target: string) => RouteResult {
  const remembered = new Map<string, RouteResult>();
  return (target) => {
    const known = remembered.get(target);
    if (known) return known;
    const result = routeRequest(target, isAllowedPath);
    if (!result.ok) return result;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(target, result);
    return result;
  };
}

function unknownPath(pathname: string): Message {
  const path = printable(pathname);
  if (PREFIXES.some(({ prefix }) => pathname.startsWith(prefix))) {
    const aim = aimOf(pathname);
    const hint = providerOf(aim.providerName).hints?.[aim.path];
    return say(hint ?? 'proxy.path.unknown', { path });
  }
  const bases = Object.values(PROVIDERS).map(({ title, basePaths }) => `<address>${basePaths[0]} (${title})`);
  return say('proxy.path.noProvider', { path, bases: bases.join(', ') });
}

const PLAIN_PATH = /^(?:\/[A-Za-z0-9_~:@!$&'()*+,;=-][A-Za-z0-9._~:@!$&'()*+,;=-]*)+$/;

/** Why a path can't be passed on, or undefined. */
function pathFault(pathname: string, query: string): Message | undefined {
  if (PLAIN_PATH.test(pathname) && !query.includes('#')) return undefined;
  if (!pathname.startsWith('/')) return say('proxy.path.wholeUrl');
  if (pathname.includes('#') || query.includes('#')) return say('proxy.path.hash');
  if (pathname.includes('\\') || /%5c/i.test(pathname)) return say('proxy.path.backslash');
  const segments = pathname.slice(1).split(/\/|%2f/i);
  if (segments.includes('')) return say('proxy.path.emptySegment', { path: printable(pathname) });
  for (const segment of segments) {
    const dots = segment.replace(/%2e/gi, '.');
    if (dots === '.' || dots === '..') {
      return say('proxy.path.dotSegment', { path: printable(pathname) });
    }
  }
  return undefined;
}

/** A path as it may stand in an error message: bounded, without control characters. */
function printable(pathname: string): string {
  const clean = pathname.replace(/[^\x21-\x7e]/g, '?');
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}
