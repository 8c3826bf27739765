import { randomBytes } from 'node:crypto';
import type { ProxyConfig } from '../settings/config.js';
import { MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';
import type { LocalKey } from './session.js';
import type { SavedSettings } from './settings.js';
import { putLocalKey } from './settings-edits.js';

export const INSECURE_KEY = 'meshagent-insecure';

interface LocalKeyContext {
  readonly config: ProxyConfig;
  /** Where it is stored. */
  readonly file: string;
  /** The one that is there, as last read. */
  readonly stored: string | undefined;
  change(edit: (settings: SavedSettings) => boolean): Promise<void>;
  /** One that can't be stored is given all the same, instead of settings_unreadable or settings_unwritable. */
  readonly orForThisRun: boolean;
}

/** The local key: given, stored, or made and stored. */
export async function localKeyOf(context: LocalKeyContext): Promise<LocalKey> {
  const { config, file, change } = context;
  let { stored } = context;
  if (config.insecure) return { key: INSECURE_KEY, source: say('session.keyFrom.none') };
  if (config.bearer !== undefined) return { key: config.bearer, source: say('session.keyFrom.given') };
  if (stored !== undefined) return { key: stored, source: storedIn(file) };
  const made = makeKey();
  try {
    await change((settings) => {
      // Another process may have stored one since.
      stored = settings.activeUser?.localKey;
      if (stored === undefined) putLocalKey(settings, made);
      return stored === undefined;
    });
  } catch (error) {
    if (!context.orForThisRun) throw error;
    const problem = toMeshbarError(error).facts;
    return { key: made, source: say('session.keyFrom.madeForThisRun', { problem }) };
  }
  return stored === undefined
    ? { key: made, source: say('session.keyFrom.made', { file }) }
    : { key: stored, source: storedIn(file) };
}

/** A new local key in place of the stored one. Rejects with invalid_option where the key in use is not the stored one. */
export async function rotateLocalKey({
  config,
  file,
  change,
}: Pick<LocalKeyContext, 'config' | 'file' | 'change'>): Promise<LocalKey> {
  if (config.insecure || config.bearer !== undefined) {
    throw new MeshbarError('invalid_option', { why: config.insecure ? 'local_keys_off' : 'local_key_given' });
  }
  const key = makeKey();
  await change((settings) => {
    putLocalKey(settings, key);
    return true;
  });
  return { key, source: storedIn(file) };
}

function storedIn(file: string): Message {
  return say('session.keyFrom.file', { file });
}

function makeKey(): string {
  return randomBytes(32).toString('base64url');
}
