import { textWidth } from '../text-width.js';

/** A screen as a value: lines of segments, each of which has a meaning, not a colour. */

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

/** The text, cut to `width` cells where it is longer; the last of them is then "…". */
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

/** The line, cut to `width` cells where it is longer. */
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

/** The same line in as few segments as possible: blanks have no tone that can be seen. */
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

/** A section's title with a hairline to the right end, and there as many of the remarks as fit. */
export function titleLine(title: string, remarks: readonly Segment[], width: number): Line {
  const start = segment(title, 'strong');
  if (remarks.length === 0) {
    const rule = width - textWidth(title) - 1;
    return rule < 2 ? cutLine([start], width) : [start, segment(` ${'─'.repeat(rule)}`, 'dim')];
  }
  const end = remarks.flatMap((remark) => [segment(' · ', 'dim'), remark]).slice(1);
  const space = width - textWidth(title) - widthOf(end);
  if (space < 2) return titleLine(title, remarks.slice(0, -1), width);
  const rule = space < 4 ? '  ' : ` ${'─'.repeat(space - 2)} `;
  return [start, segment(rule, 'dim'), ...end];
}

/** The first of several forms of a line that fits, or the last one cut off. */
export function firstThatFits(forms: readonly Line[], width: number): Line {
  return forms.find((form) => widthOf(form) <= width) ?? cutLine(forms.at(-1) ?? [], width);
}
