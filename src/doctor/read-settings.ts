import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { asObject, type JsonObject, LOCAL_USER, parseSettings, type SavedSettings } from '../session/settings.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';

/** The shared settings as they stand, or why they can't be read; neither: there are none. */
export interface SharedSettings {
  readonly file: string;
  readonly settings: SavedSettings | undefined;
  /** A clause: "it is not valid JSON". */
  readonly fault: Message | undefined;
}

/**
 * Reads `~/.meshagent/settings.json`, or its older forms, and leaves all as it is. The session's own reader mends
 * permissions on the way, which would hide what the doctor is to find. Never rejects.
 */
export async function readSharedSettings(homedir: string): Promise<SharedSettings> {
  const folder = path.join(homedir, '.meshagent');
  const file = path.join(folder, 'settings.json');
  const [whole, session, project] = await Promise.all(
    ['settings.json', 'session.json', 'project.json'].map((name) => readObject(path.join(folder, name))),
  );
  const fault = [whole, session, project].map((one) => one?.fault).find((text) => text !== undefined);
  if (whole?.fault !== undefined || whole?.value) {
    return { file, settings: whole.value && parseSettings(whole.value), fault: whole.fault };
  }
  if (!session?.value && !project?.value) return { file, settings: undefined, fault };
  const users = { [LOCAL_USER]: { session: session?.value, project: project?.value } };
  return { file, settings: parseSettings({ active_user_id: LOCAL_USER, users }), fault };
}

async function readObject(file: string): Promise<{ value?: JsonObject; fault?: Message } | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : { fault: say('doctor.session.fault.unreadable', { code }) };
  }
  if (text.trim() === '') return undefined;
  try {
    const value = asObject(JSON.parse(text.replace(/^\uFEFF/, '')));
    return value ? { value } : { fault: say('doctor.session.fault.noObject') };
  } catch {
    // The parser's own words would quote the file.
    return { fault: say('doctor.session.fault.json') };
  }
}
