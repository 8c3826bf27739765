import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { MeshbarError } from '../../shared/errors.js';
import type { ConfigPath, ConfigValue } from '../formats/config-format.js';

/** What was done to one key. `before` is absent where nothing stood there. */
export interface ReceiptChange {
  readonly path: ConfigPath;
  readonly wrote: ConfigValue;
  readonly before?: ConfigValue | undefined;
}

/** What Meshbar did to a file, so that it can be undone. Holds secrets: mode 0600, in a folder of mode 0700. */
export interface Receipt {
  readonly tool: string;
  /** Where the file stands, links followed. */
  readonly file: string;
  /** Base64 of the file as it was; null where there was none. */
  readonly before: string | null;
  /** SHA-256 of the file as Meshbar left it. */
  readonly wroteHash: string;
  readonly changes: readonly ReceiptChange[];
  /** Mappings and lists that were not there before, outermost first. */
  readonly madeParents: readonly ConfigPath[];
  /** Folders that were not there before, outermost first. */
  readonly madeFolders: readonly string[];
}

const PATH = z.array(z.union([z.string(), z.object({ item: z.string() })]));
const VALUE: z.ZodType<ConfigValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(VALUE), z.record(z.string(), VALUE)]),
);
const RECEIPT: z.ZodType<Receipt> = z.object({
  tool: z.string(),
  file: z.string(),
  before: z.union([z.base64(), z.null()]),
  wroteHash: z.string(),
  changes: z.array(z.object({ path: PATH, wrote: VALUE, before: VALUE.optional() })),
  madeParents: z.array(PATH),
  madeFolders: z.array(z.string()),
});

export interface Receipts {
  /** Undefined where Meshbar did nothing to that file. */
  of(tool: string, file: string): Promise<Receipt | undefined>;
  /** All files of a tool that Meshbar has changed. */
  all(tool: string): Promise<Receipt[]>;
  keep(receipt: Receipt): Promise<void>;
  drop(receipt: Receipt): Promise<void>;
}

/** Receipts stand under Meshbar's own folder: connect/<tool>/<hash of the file's path>.json. */
export function createReceipts(meshbarHome: string): Receipts {
  const folder = path.join(meshbarHome, 'connect');
  const place = (tool: string, file: string) =>
    path.join(folder, tool, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.json`);

  async function read(name: string): Promise<Receipt | undefined> {
    const text = await readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    try {
      return RECEIPT.parse(JSON.parse(text));
    } catch (error) {
      throw new MeshbarError('tool_file_unreadable', { why: 'receipt', file: name }, { cause: error });
    }
  }

  return {
    of: (tool, file) => read(place(tool, file)),
    async all(tool) {
      const names = await readdir(path.join(folder, tool)).catch(() => []);
      const found = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => read(path.join(folder, tool, name))),
      );
      return found.filter((receipt) => receipt !== undefined);
    },
    async keep(receipt) {
      const name = place(receipt.tool, receipt.file);
      await mkdir(path.dirname(name), { recursive: true, mode: 0o700 });
      await writeFileAtomic(name, `${JSON.stringify(receipt, undefined, 2)}\n`, { mode: 0o600 });
    },
    async drop({ tool, file }) {
      await rm(place(tool, file), { force: true });
      for (const empty of [path.join(folder, tool), folder]) await rmdir(empty).catch(() => {});
    },
  };
}

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
