import http from 'node:http';
import { STATUS_PATH } from '../proxy/route.js';

const TIMEOUT_MS = 2000;

/**
 * Whether the proxy at `url` takes a key, by asking it: only it knows all that it takes. Undefined: it did not say.
 * Nothing but that proxy, on this machine or where the user runs it, gets to see the key. Never rejects.
 */
export function proxyTakesKey(url: string, key: string): Promise<boolean | undefined> {
  // No HTTP field can carry another one, so no tool can show it.
  if (!/^[\x21-\x7e]+$/.test(key)) return Promise.resolve(false);
  // A provider's own key is known by its shape, and shown to nobody.
  if (key.startsWith('sk-')) return Promise.resolve(false);
  return new Promise((resolve) => {
    const headers = { Authorization: `Bearer ${key}` };
    const request = http.get(`${url}${STATUS_PATH}`, { agent: false, headers, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      // An older proxy does not know the path, and says so to those alone who have a good key.
      resolve(response.statusCode !== 401);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
