import { textWidth } from '../text-width.js';

/** A screen as a value: lines of segments, of which each has a meaning, not a colour. */

export type Tone = 'plain' | 'strong' | 'dim' | 'accent' | 'good' | 'bad' | 'warning';

export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Segment[];

export function segment(text: string, tone: Tone = 'plain'): Segment {
  return { text, tone };
}

/** Terminal cells. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text, if need be cut to `width` cells, the last of which is then "…". */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let used = 0;
  for (const { segment: character } of graphemes.segment(text)) {
    used += textWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text in exactly `width` cells. */
export function fillText(text: string, width: number, align: 'left' | 'right'): string {
  const shown = cutText(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(shown)));
  return align === 'left' ? shown + space : space + shown;
}

/** The text in lines of at most `width` cells, broken between words. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(cutText(word, width));
  }
  return lines;
}

/** The line, if need be cut to `width` cells. */
export function cutLine(line: Line, width: number): Line {
  const kept: Segment[] = [];
  let left = width;
  for (const part of line) {
    const text = cutText(part.text, left);
    kept.push({ ...part, text });
    left -= textWidth(text);
    if (text !== part.text) break;
  }
  return kept;
}

/** The same line in as few segments as can be: blanks have no tone that is seen. */
export function joinSegments(line: Line): Line {
  const joined: Segment[] = [];
  for (const part of line) {
    const last = joined.at(-1);
    if (last && (last.tone === part.tone || part.text.trim() === '')) {
      joined[joined.length - 1] = { text: last.text + part.text, tone: last.tone };
    } else joined.push(part);
  }
  return joined;
}

export function isSameLine(a: Line, b: Line): boolean {
  return a.length === b.length && a.every(({ text, tone }, i) => text === b[i]?.text && tone === b[i]?.tone);
}

/** Two ends of one line; where there is no room for both, the right one gives way. */
export function spreadLine(start: Line, end: Line, width: number): Line {
  const space = width - widthOf(start) - widthOf(end);
  if (space < 2) return cutLine(start, width);
  return [...start, segment(' '.repeat(space)), ...end];
}

/** A section's title with a hairline to the right end, where a remark may stand. */
export function titleLine(title: string, remark: Line, width: number): Line {
  const end = remark.length === 0 ? [] : [segment(' '), ...remark];
  const rule = width - title.length - 1 - widthOf(end);
  if (rule < 2) return cutLine([segment(title, 'strong'), segment('  '), ...remark], width);
  return [segment(title, 'strong'), segment(` ${'─'.repeat(rule)}`, 'dim'), ...end];
}
