import type { Plan } from './plan.js';

/** Characters of one to four bytes, so that a split inside one is met. */
const TEXT =
  'The café on the corner sells naïve croissants — “fresh”, they say — for 3 € apiece. 日本語のテキスト, a bit of Ελληνικά and ' +
  'Кириллица, an arrow → and a rocket 🚀 make sure that every byte counts. The rest is plain: proxies pass what they ' +
  'are given, and meters look on without a word. ';

const WORDS = TEXT.match(/\S+\s/gu) ?? [];

export const DEFAULT_EVENTS = 12;

/**
 * The pieces of an answer's text, one for each streamed delta: `events` many, a word each or `size` characters; the
 * second is `huge` characters long where that is asked for.
 */
export function* textDeltas(plan: Plan): Generator<string> {
  const events = plan.events ?? DEFAULT_EVENTS;
  for (let i = 0; i < events; i++) {
    if (plan.huge !== undefined && i === Math.min(1, events - 1)) yield 'x'.repeat(plan.huge);
    else if (plan.size === undefined) yield WORDS[i % WORDS.length] as string;
    else yield ofLength(plan.size, i);
  }
}

export function wholeText(plan: Plan): string {
  return [...textDeltas(plan)].join('');
}

/** Characters here are code points: half of a surrogate pair is no text. */
function ofLength(size: number, offset: number): string {
  const points = POINTS;
  let text = '';
  for (let i = 0; i < size; i++) text += points[(offset * size + i) % points.length];
  return text;
}

const POINTS = [...TEXT];

/** About as many tokens as a provider would count: four characters each, at least one. */
export function estimateTokens(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

/** Tokens of the answer that `textDeltas` gives, without making it. */
export function outputTokens(plan: Plan): number {
  let characters = plan.huge ?? 0;
  const events = plan.events ?? DEFAULT_EVENTS;
  const ordinary = plan.huge === undefined ? events : Math.max(0, events - 1);
  characters += ordinary * (plan.size ?? 6);
  return plan.output ?? Math.max(1, Math.ceil(characters / 4));
}
