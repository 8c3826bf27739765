import { toMeshbarError } from '../shared/errors.js';

/** What scripts can rely on. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notRunning: 3, cut: 130 } as const;

/** Writes to standard output; a reader that went away (`| head`) is no error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printError(error: unknown): void {
  const { message, hint } = toMeshbarError(error);
  process.stderr.write(`meshbar: ${message}\n`);
  if (hint) process.stderr.write(`         ${hint}\n`);
}

export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok);
      throw error;
    });
  }
}
