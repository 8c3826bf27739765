import { X509Certificate } from 'node:crypto';
import type { Presented } from './probe.js';

/** Lists of authorities, PEM. */
export interface Authorities {
  /** Those that come with Node, which are Mozilla's: everybody on the internet trusts them. */
  readonly bundled: readonly string[];
  /** Of NODE_EXTRA_CA_CERTS. */
  readonly extra: readonly string[];
}

/** By whom a chain that was accepted is trusted. Pure. */
export function trustOf(chain: readonly Presented[], authorities: Authorities): 'public' | 'extra' | 'system' {
  const known = new Set(chain.map(({ fingerprint256 }) => fingerprint256));
  const has = (list: readonly string[]) => list.some((pem) => known.has(new X509Certificate(pem).fingerprint256));
  if (has(authorities.bundled)) return 'public';
  return has(authorities.extra) ? 'extra' : 'system';
}
