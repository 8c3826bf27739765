/** Where clients reach the proxy. Pure. */

/** The host that clients are told: a bind to every address is reached at 127.0.0.1; IPv6 in brackets. */
export function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '[::]') return '127.0.0.1';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** "http://127.0.0.1:8766", for the host it is bound to. */
export function proxyUrl(host: string, port: number): string {
  return `http://${shownHost(host)}:${port}`;
}
