import { access, lstat, mkdir, open, readFile, realpath, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type ErrorFacts, type FileFault, MeshbarError } from '../../shared/errors.js';

/** A tool's file as it stands. */
export interface ConfigFile {
  /** The one that is edited: where links end, since dotfiles managers link to theirs. */
  readonly file: string;
  /** Undefined: there is no file. */
  readonly bytes: Buffer | undefined;
  readonly text: string;
  /** Permissions, such as 0o600. */
  readonly mode: number;
}

/** With keys in it, a file that Meshbar makes is its owner's alone. */
const NEW_FILE_MODE = 0o600;

/** Rejects with MeshbarError (tool_file_unreadable) for what is there and can't be read as a text. */
export async function readConfigFile(asked: string): Promise<ConfigFile> {
  try {
    const file = await linkTarget(asked);
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!bytes) return { file, bytes: undefined, text: '', mode: NEW_FILE_MODE };
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { file, bytes, text, mode: (await stat(file)).mode & 0o7777 };
  } catch (error) {
    throw new MeshbarError(
      'tool_file_unreadable',
      { why: 'read', file: asked, fault: faultOf(error) },
      { cause: error },
    );
  }
}

/** Where links lead: that of a file, and those of the folders above, also where the file is not there yet. */
async function linkTarget(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const isLink = await lstat(file).then(
      (stats) => stats.isSymbolicLink(),
      () => false,
    );
    if (isLink) throw Object.assign(new Error('broken link'), { code: BROKEN_LINK });
    return path.join(await linkTarget(path.dirname(file)), path.basename(file));
  }
}

/**
 * Replaces the file at once, with its mode and owner kept, if it still is what was read. Gives the folders that were
 * made for it, outermost first. Rejects with MeshbarError (tool_file_changed, tool_file_unwritable), nothing written.
 */
export async function writeConfigFile(before: ConfigFile, bytes: Buffer): Promise<string[]> {
  await assertUnchanged(before);
  const made: string[] = [];
  try {
    // A rename would replace a read-only file: whoever set it so meant it.
    if (before.bytes) await (await open(before.file, 'r+')).close();
    else made.push(...(await makeFolders(path.dirname(before.file))));
    await writeFileAtomic(before.file, bytes, { mode: before.mode });
    return made;
  } catch (error) {
    await removeFolders(made);
    throw unwritable(before.file, error);
  }
}

/** Removes a file that Meshbar made, if it still is what was read, and those of the folders that are empty then. */
export async function removeConfigFile(before: ConfigFile, folders: readonly string[]): Promise<void> {
  await assertUnchanged(before);
  try {
    await rm(before.file);
  } catch (error) {
    throw unwritable(before.file, error);
  }
  await removeFolders(folders);
}

async function assertUnchanged(before: ConfigFile): Promise<void> {
  const now = await readFile(before.file).catch(() => undefined);
  if (before.bytes ? now?.equals(before.bytes) : now === undefined) return;
  throw new MeshbarError('tool_file_changed', { why: 'just_now', file: before.file });
}

async function makeFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = folder; !(await exists(at)); at = path.dirname(at)) missing.unshift(at);
  if (missing.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 });
  return missing;
}

async function removeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) await rmdir(folder).catch(() => {});
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function unwritable(file: string, error: unknown): MeshbarError {
  return new MeshbarError('tool_file_unwritable', { file, fault: faultOf(error) }, { cause: error });
}

/** In place of the system's code. */
const BROKEN_LINK = 'EBROKENLINK';
const FAULTS: Readonly<Record<string, FileFault>> = {
  EACCES: 'not_yours',
  EPERM: 'not_yours',
  EROFS: 'read_only_disk',
  EISDIR: 'folder',
  ENOTDIR: 'file_in_path',
  ENOSPC: 'disk_full',
  ELOOP: 'link_loop',
  [BROKEN_LINK]: 'link_broken',
};

function faultOf(error: unknown): ErrorFacts {
  // Of the decoder.
  if (error instanceof TypeError) return { code: 'file_fault', data: { why: 'not_text' } };
  const { code } = error as NodeJS.ErrnoException;
  const known = FAULTS[code ?? ''];
  if (known !== undefined) return { code: 'file_fault', data: { why: known } };
  return { code: 'file_fault', data: code === undefined ? { why: 'unknown' } : { why: 'code', reason: code } };
}
