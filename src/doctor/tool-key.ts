import { askProxy } from '../net/ask-local.js';
import { STATUS_PATH } from '../proxy/route.js';
import { PROVIDER_KEY_STARTS } from '../shared/providers.js';

/**
 * Whether the proxy at `url` takes a key, by asking it: only it knows all that it takes. Undefined: it did not say.
 * Nothing but that proxy, on this machine or where the user runs it, gets to see the key. Never rejects.
 */
export async function proxyTakesKey(url: string, key: string): Promise<boolean | undefined> {
  // No HTTP field can carry another one, so no tool can show it.
  if (!/^[\x21-\x7e]+$/.test(key)) return false;
  // A provider's own key is known by its shape, and shown to nobody.
  if (PROVIDER_KEY_STARTS.some((start) => key.startsWith(start))) return false;
  const answer = await askProxy(url, { path: STATUS_PATH, localKey: key });
  // An older proxy does not know the path, and says so to those alone who have a good key.
  return answer.ok ? answer.status !== 401 : undefined;
}
