import { INSECURE_KEY } from '../../core/session/local-key.js';
import { envBlock, type Shell } from '../../shared/env-block.js';

/** Plain in every shell's syntax, so that no quotes appear around what takes its place. */
const PLACE = 'MESHBAR-LOCAL-KEY';
const SHOWN = 4;

/** The exports as the screen shows them, line by line: over a shoulder or in a recording, the key stays secret. */
export function maskedSetup(proxy: { url: string; localKey: string }, shell: Shell): string[] {
  const { url, localKey } = proxy;
  return envBlock({ url, localKey: PLACE, shell }).trimEnd().replaceAll(PLACE, maskedKey(localKey)).split(/\r?\n/);
}

/** The first four characters, unless they were half of it. */
function maskedKey(key: string): string {
  if (key === INSECURE_KEY) return key;
  return `${key.length > 2 * SHOWN ? key.slice(0, SHOWN) : ''}…`;
}
