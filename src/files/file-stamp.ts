import { type BigIntStats, statSync } from 'node:fs';

/** Tells two states of a file apart without reading it; '' for a missing file. Links are followed. */
export function stampOf(file: string): string {
  const stats = statOf(file);
  return stats ? `${stats.dev} ${stats.ino} ${stats.mtimeNs} ${stats.ctimeNs} ${stats.size}` : '';
}

/** File systems note times as coarsely as this (FAT: two seconds). */
const COARSEST_MTIME_MS = 2500;

/**
 * Whether a file was written so lately that a second write may leave it with the same stamp: same size, same inode, same
 * tick of the file system's clock.
 */
export function isFreshlyWritten(file: string): boolean {
  const stats = statOf(file);
  return stats !== undefined && Math.abs(Date.now() - Number(stats.mtimeMs)) < COARSEST_MTIME_MS;
}

/** Undefined also where the folder may not be entered: whoever reads the file then says why. */
function statOf(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
