import { toMeshbarError } from '../../src/shared/errors.js';
import { type Statement, textOf } from '../../src/words/index.js';

/** What an error says in the terminal, with its hint. */
export function wordsOf(error: unknown): string {
  return textOf(toMeshbarError(error).facts, 'terminal');
}

/** What an error says that `work` throws. */
export function wordsThrownBy(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return wordsOf(error);
  }
  throw new Error('Nothing was thrown.');
}

/** An `onProblem` that keeps what it is told, as the terminal says it. */
export function keepWords(problems: string[]): (problem: Statement) => void {
  return (problem) => problems.push(textOf(problem, 'terminal'));
}
