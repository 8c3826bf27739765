import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { redact } from '../../files/secrets.js';
import { toMeshbarError } from '../../shared/errors.js';
import { englishOf } from '../../words/index.js';

/** Two files of this size at most. */
const MAX_BYTES = 512 * 1024;
/** Of one entry: a log is read by people. */
const MAX_CHARACTERS = 4000;

export interface Log {
  readonly file: string;
  info(text: string): void;
  /** What only whoever looks for a fault wants to know; written with `isVerbose` alone. */
  detail(text: string): void;
  /** With the stack and the causes of an Error. */
  error(text: string, error?: unknown): void;
  /** An error that a person was told: where it came from matters only if nobody had thought of it. */
  answered(request: string, error: unknown): void;
}

export interface LogOptions {
  /** Writes details too, and everything to the standard error besides. */
  readonly isVerbose?: boolean;
  readonly now?: () => number;
}

/**
 * meshbar.log in `folder`: what happened to the app, redacted, never anything of a request. Written at once, since an
 * app that crashes can't write later; entries are rare. Never throws: a full disk must not stop the proxy.
 */
export function createLog(folder: string, { isVerbose = false, now = Date.now }: LogOptions = {}): Log {
  const file = path.join(folder, 'meshbar.log');

  function write(level: string, text: string): void {
    const shown = redact(text).slice(0, MAX_CHARACTERS).replaceAll('\n', '\n    ');
    const line = `${new Date(now()).toISOString()} ${level} ${shown}\n`;
    if (isVerbose) process.stderr.write(line);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > MAX_BYTES) renameSync(file, path.join(folder, 'meshbar.old.log'));
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      // There is nowhere else to say it.
    }
  }

  return {
    file,
    info: (text) => write('info', text),
    detail: (text) => {
      if (isVerbose) write('detail', text);
    },
    error: (text, error) => write('error', error === undefined ? text : `${text}: ${described(error)}`),
    answered(request, error) {
      const { code, facts } = toMeshbarError(error);
      write('error', `${request}: ${code === 'internal' ? described(error) : `${code}: ${englishOf(facts)}`}`);
    },
  };
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${described(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
