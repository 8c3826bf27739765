import readline from 'node:readline/promises';
import { t } from '../words/index.js';

/** Whether there is somebody to ask: both ends are a terminal. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** Asks a question; anything but a clear yes is a no. */
export async function askYes(question: string): Promise<boolean> {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-D is a no too.
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(t('terminal.tools.yesNo', { question })), closed]);
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
