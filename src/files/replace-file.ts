import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Writes a file beside `target`, mode 0600, and moves it there: readers see the old text or the new one, never a part,
 * also after a power cut. `stillWanted` is asked at the last moment, with nothing but the move behind it; false leaves
 * everything as it was. Gives whether the file was replaced.
 */
export async function replaceFile(target: string, text: string, stillWanted: () => boolean): Promise<boolean> {
  const temporary = `${target}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text, 'utf8');
      await keepOwner(handle, target);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (await move(temporary, target, stillWanted)) return true;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await rm(temporary, { force: true });
  return false;
}

/** Under sudo the file must stay its user's, who could not read it any more otherwise. */
async function keepOwner(handle: FileHandle, target: string): Promise<void> {
  if (process.geteuid?.() !== 0) return;
  const before = await stat(target).catch(() => undefined);
  if (before) await handle.chown(before.uid, before.gid);
}

/** Windows refuses the move while anybody, such as a virus scanner, has the old file open. */
async function move(from: string, to: string, stillWanted: () => boolean): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    if (!stillWanted()) return false;
    try {
      renameSync(from, to);
      return true;
    } catch (error) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (process.platform !== 'win32' || !busy || attempt === 10) throw error;
      await delay(10 * attempt);
    }
  }
}
