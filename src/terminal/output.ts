import { redact } from '../files/secrets.js';
import { toMeshbarError } from '../shared/errors.js';
import { type Statement, textOf } from '../words/index.js';
import { plainText } from './plain-text.js';

/** Exit codes, which scripts can rely on. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notRunning: 3, cut: 130 } as const;

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A remark beside the output proper. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What went wrong, on one line, without secrets. */
export function printProblem(message: string): void {
  note(`meshbar: ${plainText(redact(message))}`);
}

/** What went wrong and what to do about it; never a stack. */
export function printError(error: unknown): void {
  printStatement(toMeshbarError(error).facts);
}

/** The same of what a room below told. */
export function printStatement(said: Statement): void {
  printProblem(textOf(said, 'terminal'));
}

let whenOutputCloses = () => process.exit(EXIT.ok);

/** What a command does when nobody reads its output any more (`| head`), where it has to tidy up. */
export function onClosedOutput(handler: () => void): void {
  whenOutputCloses = handler as () => never;
}

/** A reader that has gone, or a terminal that was closed, is not an error. */
export function ignoreClosedPipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    whenOutputCloses();
  });
  process.stderr.on('error', () => {});
}

let restoreScreen: (() => void) | undefined;

/** While a dashboard has the screen: how to give it back before the process ends with a fault. */
export function setRestoreScreen(restore: (() => void) | undefined): void {
  restoreScreen = restore;
}

/** For a fault of ours that nothing caught: a sentence instead of a stack, and the shell's screen as it was. */
export function endWithFault(error: unknown): never {
  restoreScreen?.();
  printError(error);
  process.exit(EXIT.failed);
}
