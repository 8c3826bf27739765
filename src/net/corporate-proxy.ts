import type { CorporateFault } from '../shared/errors.js';

/** The corporate proxy could not be reached, or would not let us through. Its host is told without credentials. */
export class CorporateProxyError extends Error {
  constructor(readonly fault: CorporateFault) {
    super(`corporate proxy: ${fault.why}`);
  }
}

/** The proxy's address as the environment has it; throws CorporateProxyError if it is no URL. */
export function parseProxyUrl(text: string, env: NodeJS.ProcessEnv = process.env): URL {
  // proxy-from-env takes an address without a scheme for the scheme of the target; every other tool takes it for http.
  const [, bare] = /^https:\/\/(.*)$/.exec(text) ?? [];
  const names = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  const address = bare !== undefined && names.some((name) => env[name] === bare) ? `http://${bare}` : text;
  try {
    const url = new URL(address);
    decodeURIComponent(url.username + url.password);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {}
  throw new CorporateProxyError({ why: 'address' });
}
