import { styleText } from 'node:util';
import type { Finding, FindingStatus } from '../shared/doctor.js';
import { plainText } from './plain-text.js';

/** Findings as a person reads them in a terminal, 80 columns wide. */

const WIDTH = 80;
const LABEL_WIDTH = 9;
const COLOURS: Readonly<Record<FindingStatus, Parameters<typeof styleText>[0]>> = {
  problem: 'red',
  warning: 'yellow',
  note: 'cyan',
  skipped: 'gray',
  ok: 'green',
};

/** Worst first as they came. What is well takes one line; a command stands on a line of its own, to be copied whole. */
export function findingsText(findings: readonly Finding[], { colours }: { colours: boolean }): string {
  const label = (status: FindingStatus) => {
    const text = status.padEnd(LABEL_WIDTH);
    // Whether there are colours is the caller's to say.
    return colours ? styleText(COLOURS[status], text, { validateStream: false }) : text;
  };
  const parts = findings.map((finding) => {
    const [first = '', ...rest] = linesOf(finding);
    return [
      label(finding.status) + first,
      ...rest.map((line) => (line === '' ? line : ' '.repeat(LABEL_WIDTH) + line)),
    ];
  });
  return [...parts.flat(), '', summaryOf(findings)].join('\n');
}

function linesOf(finding: Finding): string[] {
  const { status, title, meaning, remedy, details } = finding;
  const lines = wrap(title);
  if (status === 'ok') return lines;
  if (meaning !== undefined) lines.push(...wrap(meaning));
  for (const detail of details) lines.push(...wrap(`· ${detail}`));
  if (remedy) lines.push(...wrap(remedy.text));
  if (remedy?.command !== undefined) lines.push(`  ${plainText(remedy.command)}`);
  return lines;
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  const counted = (n: number, one: string) => `${n === 0 ? 'no' : n} ${one}${n === 1 ? '' : 's'}`;
  const [problems, warnings] = [count('problem'), count('warning')];
  const text = `${counted(problems, 'problem')}, ${counted(warnings, 'warning')}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** At spaces; a word that is longer than a line stays whole, so that a path can be copied. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plainText(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH - LABEL_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
