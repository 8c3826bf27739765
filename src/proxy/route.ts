import type { ProviderName } from '../shared/usage.js';

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
  | { readonly ok: false; readonly providerName: ProviderName; readonly reason: string };

/** Says whether a provider's service answers a path, given without query: the registry's table. */
export type IsAllowedPath = (providerName: ProviderName, path: string) => boolean;

/** Meshbar's own, beside the providers' paths; it asks for the local key. */
export const STATUS_PATH = '/meshbar/status';

const PREFIXES: readonly { prefix: string; providerName: ProviderName; keep: string }[] = [
  { prefix: '/openai/v1/', providerName: 'openai', keep: '/openai' },
  { prefix: '/anthropic/v1/', providerName: 'anthropic', keep: '/anthropic' },
  { prefix: '/v1/', providerName: 'openai', keep: '' },
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
  const providerName: ProviderName = pathname.startsWith('/anthropic/') ? 'anthropic' : 'openai';

  const fault = pathFault(pathname, query);
  if (fault) return { ok: false, providerName, reason: fault };

  for (const entry of PREFIXES) {
    if (!pathname.startsWith(entry.prefix)) continue;
    const path = pathname.slice(entry.keep.length);
    if (!isAllowedPath(entry.providerName, path)) break;
    const upstreamPath = entry.keep === '' ? `/openai${target}` : target;
    return { ok: true, route: { providerName: entry.providerName, path, query, upstreamPath } };
  }
  return {
    ok: false,
    providerName,
    reason: `${printable(pathname)} is not a path MeshAgent answers. ${hintFor(pathname)}`,
  };
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

function hintFor(pathname: string): string {
  if (pathname.startsWith('/openai/v1/') || pathname.startsWith('/anthropic/v1/') || pathname.startsWith('/v1/')) {
    return 'Only the LLM calls of that provider go through the proxy.';
  }
  return 'OpenAI clients use <address>/openai/v1 as their base URL, Anthropic clients <address>/anthropic.';
}

const PLAIN_PATH = /^(?:\/[A-Za-z0-9_~:@!$&'()*+,;=-][A-Za-z0-9._~:@!$&'()*+,;=-]*)+$/;

/** Why a path can't be passed on, or undefined. */
function pathFault(pathname: string, query: string): string | undefined {
  if (PLAIN_PATH.test(pathname) && !query.includes('#')) return undefined;
  if (!pathname.startsWith('/')) return 'The request must name a path, not a whole URL.';
  if (pathname.includes('#') || query.includes('#')) return 'A "#" does not belong in a request.';
  if (pathname.includes('\\') || /%5c/i.test(pathname)) return 'A backslash does not belong in a path.';
  const segments = pathname.slice(1).split(/\/|%2f/i);
  if (segments.includes('')) return `The path ${printable(pathname)} has an empty segment ("//" or a trailing "/").`;
  for (const segment of segments) {
    const dots = segment.replace(/%2e/gi, '.');
    if (dots === '.' || dots === '..') return `The path ${printable(pathname)} has a dot segment.`;
  }
  return undefined;
}

/** A path as it may stand in an error message: bounded, without control characters. */
function printable(pathname: string): string {
  const clean = pathname.replace(/[^\x21-\x7e]/g, '?');
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}
