import { styleText } from 'node:util';
import { FINDING_STATUSES, type Finding, type FindingStatus } from '../shared/doctor.js';
import { t } from '../words/index.js';
import { plainText } from './plain-text.js';
import { textWidth } from './text-width.js';

/** Findings as a person reads them in a terminal, 80 columns wide. */

const WIDTH = 80;
const GAP = 2;
const COLOURS: Readonly<Record<FindingStatus, Parameters<typeof styleText>[0]>> = {
  problem: 'red',
  warning: 'yellow',
  note: 'cyan',
  skipped: 'gray',
  ok: 'green',
};

/** In the given order. What is well takes one line; a command has a line of its own, to be copied whole. */
export function findingsText(findings: readonly Finding[], { colours }: { colours: boolean }): string {
  const labels = FINDING_STATUSES.map((status) => textWidth(t(`terminal.doctor.${status}`)));
  const indent = Math.max(...labels) + GAP;
  const label = (status: FindingStatus) => {
    const name = t(`terminal.doctor.${status}`);
    const text = name + ' '.repeat(indent - textWidth(name));
    // The caller decides on colours.
    return colours ? styleText(COLOURS[status], text, { validateStream: false }) : text;
  };
  const parts = findings.map((finding) => {
    const [first = '', ...rest] = linesOf(finding, WIDTH - indent);
    return [label(finding.status) + first, ...rest.map((line) => (line === '' ? line : ' '.repeat(indent) + line))];
  });
  return [...parts.flat(), '', summaryOf(findings)].join('\n');
}

function linesOf(finding: Finding, width: number): string[] {
  const { status, title, meaning, remedy, details } = finding;
  const lines = wrap(title, width);
  if (status === 'ok') return lines;
  if (meaning !== undefined) lines.push(...wrap(meaning, width));
  for (const detail of details) lines.push(...wrap(`· ${detail}`, width));
  if (remedy) lines.push(...wrap(remedy.text, width));
  if (remedy?.command !== undefined) lines.push(`  ${plainText(remedy.command)}`);
  return lines;
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  return t('terminal.doctor.summary', { problems: count('problem'), warnings: count('warning') });
}

/** At spaces; a word that is longer than a line stays whole, so that a path can be copied. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plainText(text).split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
