import { INSECURE_KEY } from '../../session/local-key.js';
import { envBlock, type Shell } from '../../shared/env-block.js';
import { maskKey } from '../../tools/preview.js';

/** Needs no quotes in any shell's syntax, so that none appear around what replaces it. */
const PLACE = 'MESHBAR-LOCAL-KEY';

/**
 * The variables as the screen shows them, line by line: over a shoulder or in a recording, the key stays secret. Only
 * those that most people need; all are copied.
 */
export function maskedSetup(proxy: { url: string; localKey: string }, shell: Shell): string[] {
  const { url, localKey } = proxy;
  const shown = localKey === INSECURE_KEY ? localKey : maskKey(localKey);
  return envBlock({ url, localKey: PLACE, shell, part: 'usual' }).trimEnd().replaceAll(PLACE, shown).split(/\r?\n/);
}
