import type { ProxyConfig } from '../settings/config.js';

/** Whether a bare host is this machine's loopback: localhost, *.localhost (RFC 6761), 127.0.0.0/8, ::1. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether a proxy without local keys could be reached from the network, and nobody has said that it may. */
export function isExposed({
  host,
  insecure,
  allowInsecureExposure,
}: Pick<ProxyConfig, 'host' | 'insecure' | 'allowInsecureExposure'>): boolean {
  return insecure && !allowInsecureExposure && !isLoopbackHost(host);
}
