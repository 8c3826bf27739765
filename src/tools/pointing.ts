import { isLoopbackHost } from '../net/loopback.js';
import { PROVIDERS, type ProviderName } from '../shared/providers.js';

/** Where a base URL leads, seen from the proxy. Pure. */
export type Pointing =
  | 'ours'
  /** To our port, but to a path under which the tool's calls are refused. */
  | 'wrong_path'
  /** To where a Meshbar once was: this machine, one of our paths, another port. */
  | 'old'
  | 'elsewhere'
  | 'invalid';

/** `url` is the proxy's own address. */
export function pointingOf(value: string, provider: ProviderName, url: string): Pointing {
  if (!URL.canParse(value)) return 'invalid';
  const [there, ours] = [new URL(value), new URL(url)];
  const path = there.pathname.replace(/\/+$/, '');
  if (!/^https?:$/.test(there.protocol)) return 'invalid';
  const isThisMachine = isLoopbackHost(bare(there.hostname));
  const isOurHost = there.hostname === ours.hostname || (isThisMachine && isLoopbackHost(bare(ours.hostname)));
  if (isOurHost && there.port === ours.port) {
    return PROVIDERS[provider].basePaths.includes(path) ? 'ours' : 'wrong_path';
  }
  // Some tools are given Anthropic's with its version, which others add themselves.
  const isOurs = OUR_BASES.includes(path) || OUR_BASES.includes(path.replace(/\/v1$/, ''));
  return isThisMachine && isOurs ? 'old' : 'elsewhere';
}

/** Those that a Meshbar prints, and hardly anybody else has. */
const OUR_BASES: readonly string[] = Object.values(PROVIDERS).map(({ basePaths }) => basePaths[0]);

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
