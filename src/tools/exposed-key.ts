import type { Message } from '../words/index.js';
import { say } from '../words/say.js';
import type { FileTool, Surroundings } from './adapter.js';
import type { ConfigFile } from './files/config-file.js';
import { holdsKey } from './keys-of.js';

/** Group and others may read. */
const OPEN = 0o044;

/**
 * What to tell of a file that has or gets our key, where its permissions show it to others: they are the user's, and
 * stay as they are. Windows keeps no such permissions.
 */
export function exposedKeyRemarks(tool: FileTool, now: ConfigFile, { platform }: Surroundings): Message[] {
  if (platform === 'win32' || !now.bytes || (now.mode & OPEN) === 0 || !holdsKey(tool)) return [];
  return [say('tools.exposedKey', { file: now.file })];
}
