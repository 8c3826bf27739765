import { readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Bounds } from './position.js';

/** Where the popped out window stood, in a file of its own: it is no setting, and it changes without anybody's wish. */
export interface WindowBounds {
  /** undefined: never moved, or not readable. */
  read(): Bounds | undefined;
  /** What can't be written is forgotten. */
  write(bounds: Bounds): void;
}

const BOUNDS = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

export function createWindowBounds(folder: string): WindowBounds {
  const file = path.join(folder, 'window.json');
  return {
    read() {
      try {
        return BOUNDS.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return undefined;
      }
    },
    write({ x, y, width, height }) {
      try {
        writeFileAtomic.sync(file, JSON.stringify({ x, y, width, height }), { mode: 0o600 });
      } catch {
        // A full disk must not keep a window open.
      }
    },
  };
}
