import { isLoopbackHost } from '../net/loopback.js';

/** Where a base URL leads, seen from the proxy. Pure. */
export type Pointing =
  | 'ours'
  /** To our port, but to a path under which the tool's calls are refused. */
  | 'wrong_path'
  /** To where a Meshbar once was: this machine, one of our paths, another port. */
  | 'old'
  | 'elsewhere'
  | 'invalid';

export type Api = 'openai' | 'anthropic';

/** The proxy's paths (README); the first is the one we print. */
const PATHS: Readonly<Record<Api, readonly string[]>> = {
  openai: ['/openai/v1', '/v1'],
  anthropic: ['/anthropic'],
};

/** `url` is the proxy's own address. */
export function pointingOf(value: string, api: Api, url: string): Pointing {
  if (!URL.canParse(value)) return 'invalid';
  const [there, ours] = [new URL(value), new URL(url)];
  const path = there.pathname.replace(/\/+$/, '');
  if (!/^https?:$/.test(there.protocol)) return 'invalid';
  const isThisMachine = isLoopbackHost(bare(there.hostname));
  const isOurHost = there.hostname === ours.hostname || (isThisMachine && isLoopbackHost(bare(ours.hostname)));
  if (isOurHost && there.port === ours.port) return PATHS[api].includes(path) ? 'ours' : 'wrong_path';
  return isThisMachine && /^\/(?:openai\/v1|anthropic)$/.test(path) ? 'old' : 'elsewhere';
}

/** The base URL that a tool of this API needs. */
export function baseUrlFor(api: Api, url: string): string {
  return url + PATHS[api][0];
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
