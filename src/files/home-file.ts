import { existsSync, readFileSync, renameSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MeshbarError } from '../shared/errors.js';
import type { Message, Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { isFreshlyWritten, stampOf } from './file-stamp.js';
import { takeLock } from './lock.js';
import { replaceFile } from './replace-file.js';
import { codeOf, writeFault } from './write-fault.js';

/** A small JSON file in Meshbar's own folder that several processes read and write. */
export interface HomeFile<T> {
  /**
   * What is there; empty if there is no file. For the hot path: synchronous, and mostly without a look at the file.
   * A change that this process made is seen at once, another's within 20 ms. A damaged file is set aside in the
   * background; what was read before it holds until then.
   */
  read(): T;
  /** Likewise, but with a look at the file: a change that another process has just made is seen. */
  look(): T;
  /** What is there now, once a damaged file has been set aside. */
  load(): Promise<T>;
  /**
   * Reads it again under lock, lets `change` make a new value of it, and writes that, mode 0600, in one step. `change` gives
   * undefined to leave the file as it is, and may be called again. Rejects with MeshbarError file_unwritable, or
   * file_unreadable for a file that a newer Meshbar wrote, which stays as it is.
   */
  update(change: (value: T) => T | undefined): Promise<T>;
}

export interface HomeFileOptions<T> {
  readonly path: string;
  /** Throws for what is not valid. What it gives is written as it is, so unknown fields should survive it. */
  readonly parse: (value: unknown) => T;
  readonly empty: T;
  /** What a damaged file means for the person, who is told where it is now. */
  readonly whenDamaged: (file: string, setAside: string) => Message;
  readonly onProblem: (problem: Statement) => void;
}

type Found =
  | { readonly state: 'good' }
  | { readonly state: 'damaged' }
  | { readonly state: 'closed'; readonly error: MeshbarError };

/** The form of these files. One with a larger number was written by a newer Meshbar. */
const FORMAT = 1;
const LOCK_TIMEOUT_MS = 10_000;
/** An editor may be in the middle of writing it. */
const TORN_RETRIES = 12;
const TORN_RETRY_MS = 40;
const MAX_MERGES = 20;
/** How long a look at a file's times holds: under load, a look for each request would be a twentieth of its work. */
const LOOK_MS = 20;

/** Counts what this process wrote to such files: what one part of it wrote, the others see at once. */
let changesHere = 0;

export function createHomeFile<T>(options: HomeFileOptions<T>): HomeFile<T> {
  const file = options.path;
  let value = options.empty;
  /** Of the file when it was last read; undefined: it may have changed since without showing it. */
  let stamp: string | undefined;
  let text: string | undefined;
  let told: string | undefined;
  let mending: Promise<void> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let changesSeen = changesHere;

  /** Reads the file; what is good there becomes the value. */
  function find(): Found {
    let now: string | undefined;
    try {
      now = readFileSync(file, 'utf8');
    } catch (error) {
      const reason = codeOf(error);
      if (reason !== 'ENOENT') {
        return { state: 'closed', error: new MeshbarError('file_unreadable', { why: 'read', file, reason }) };
      }
    }
    if (now !== undefined && now === text) return { state: 'good' };
    try {
      const parsed = now === undefined ? undefined : (JSON.parse(now) as unknown);
      if (formatOf(parsed) > FORMAT) {
        return { state: 'closed', error: new MeshbarError('file_unreadable', { why: 'newer', file }) };
      }
      value = now === undefined ? options.empty : options.parse(parsed);
      text = now;
      return { state: 'good' };
    } catch {
      // The parser's own message would quote the file.
      return { state: 'damaged' };
    }
  }

  function tellOnce(problem: Statement | undefined): void {
    const id = JSON.stringify(problem);
    if (problem !== undefined && id !== told) options.onProblem(problem);
    told = id;
  }

  function readAnew(): Found['state'] {
    const before = stampOf(file);
    const mayChangeUnseen = isFreshlyWritten(file);
    const found = find();
    tellOnce(found.state === 'closed' ? found.error.facts : undefined);
    stamp = mayChangeUnseen ? undefined : before;
    return found.state;
  }

  /** To be called under lock. */
  async function setAsideIfDamaged(): Promise<void> {
    for (let attempt = 1; find().state === 'damaged'; attempt++) {
      if (attempt <= TORN_RETRIES && isFreshlyWritten(file)) {
        await delay(TORN_RETRY_MS);
        continue;
      }
      const setAside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
      renameSync(file, setAside);
      stamp = undefined;
      options.onProblem(options.whenDamaged(file, setAside));
    }
  }

  /** One at a time, however often a damaged file is met. */
  function mend(): Promise<void> {
    mending ??= locked(file, setAsideIfDamaged)
      .catch(({ facts: problem }: MeshbarError) => tellOnce(say('files.notSetAside', { file, problem })))
      .finally(() => {
        mending = undefined;
      });
    return mending;
  }

  function lookIfChanged(): void {
    lookedAt = performance.now();
    changesSeen = changesHere;
    // Mostly there is no such file, and to learn that no more costs half as much.
    if (stamp === '' ? !existsSync(file) : stamp !== undefined && stampOf(file) === stamp) return;
    if (readAnew() === 'damaged') void mend();
  }

  return {
    read() {
      if (changesSeen !== changesHere || performance.now() - lookedAt >= LOOK_MS) lookIfChanged();
      return value;
    },
    look() {
      lookIfChanged();
      return value;
    },
    async load() {
      lookIfChanged();
      await mending;
      return value;
    },
    update: (change) =>
      locked(file, async () => {
        for (let attempt = 1; ; attempt++) {
          const before = stampOf(file);
          const found = find();
          if (found.state === 'damaged') await setAsideIfDamaged();
          if (found.state === 'closed') throw found.error;
          const next = change(value);
          if (next === undefined) return value;
          const written = `${JSON.stringify({ version: FORMAT, ...next }, null, 2)}\n`;
          // Somebody may edit it by hand meanwhile.
          const stillWanted = () => attempt === MAX_MERGES || stampOf(file) === before;
          if (!(await replaceFile(file, written, stillWanted))) continue;
          changesHere += 1;
          stamp = undefined;
          find();
          return value;
        }
      }),
  };
}

async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  let release: () => Promise<void>;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    release = await takeLock(file, LOCK_TIMEOUT_MS);
  } catch (error) {
    throw unwritable(file, error);
  }
  try {
    return await work();
  } catch (error) {
    throw error instanceof MeshbarError ? error : unwritable(file, error);
  } finally {
    await release().catch(() => {});
  }
}

function formatOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'version' in value ? Number(value.version) : FORMAT;
}

function unwritable(file: string, error: unknown): MeshbarError {
  return new MeshbarError('file_unwritable', { file, fault: writeFault(error) }, { cause: error });
}
