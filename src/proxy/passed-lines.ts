import { fieldLines } from '../net/request-head.js';
import { isNeverPassed, passedRequestFields } from './headers.js';

/** As many tools take turns. */
const MAX_REMEMBERED = 4;

interface Remembered {
  readonly rawHeaders: readonly string[];
  readonly plainAnswer: boolean;
  readonly lines: string;
}

const remembered: Remembered[] = [];

/**
 * What passedRequestFields gives, as it stands in a head. A tool sends the same fields with each request: to compare
 * them costs a tenth of what it costs to sort and check them anew. Throws as fieldLines does.
 */
export function passedRequestLines(rawHeaders: readonly string[], plainAnswer: boolean): string {
  for (const one of remembered) {
    if (one.plainAnswer === plainAnswer && passAlike(one.rawHeaders, rawHeaders)) return one.lines;
  }
  const lines = fieldLines(passedRequestFields(rawHeaders, plainAnswer));
  if (remembered.length >= MAX_REMEMBERED) remembered.pop();
  remembered.unshift({ rawHeaders, plainAnswer, lines });
  return lines;
}

/** The same fields but for values that do not pass, such as the length of the body. */
function passAlike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 2) {
    if (a[i] !== b[i]) return false;
    if (a[i + 1] !== b[i + 1] && !isNeverPassed(a[i] as string)) return false;
  }
  return true;
}
