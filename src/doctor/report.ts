import os from 'node:os';
import { FINDING_STATUSES, type Finding } from '../shared/doctor.js';
import { english } from '../words/index.js';
import { inEnglish } from '../words/locale.js';
import type { Found } from './check.js';
import type { DoctorContext } from './context.js';
import { findingText } from './finding-text.js';
import { createPrivacy } from './private-facts.js';

/**
 * Markdown to paste into an issue, so in English: all findings, without secrets, names, addresses and paths of this machine.
 * `at`: Unix milliseconds.
 */
export async function createReport(found: readonly Found[], context: DoctorContext, at: number): Promise<string> {
  const hide = await createPrivacy(context);
  const findings = inEnglish(() => found.map((one) => findingText(one, 'terminal')));
  const { version, nodeVersion, platform } = context;
  const machine = `Meshbar ${version} · Node ${nodeVersion} · ${platform} ${os.arch()} ${os.release()}`;
  const lines = [
    '### meshbar doctor',
    '',
    `${machine} · ${new Date(at).toISOString()}`,
    '',
    ...FINDING_STATUSES.flatMap((status) => findings.filter((one) => one.status === status)).flatMap((finding) =>
      linesOf(finding, hide),
    ),
    '',
    `_${english('doctor.report.redacted')}_`,
  ];
  // Once more as a whole: a field alone may not show that it is part of something.
  return hide(lines.join('\n'));
}

function linesOf({ id, status, title, meaning, remedy, details }: Finding, hide: (text: string) => string): string[] {
  const shown = (text: string) => escaped(hide(text));
  const lines = [`- **${status}** \`${id}\` ${shown(title)}`];
  // What is well needs no words.
  if (status !== 'ok') {
    if (meaning !== undefined) lines.push(`  - ${shown(meaning)}`);
    if (remedy)
      lines.push(`  - ${shown(remedy.text)}${remedy.command === undefined ? '' : ` ${code(hide(remedy.command))}`}`);
  }
  for (const detail of details) lines.push(`  - ${shown(detail)}`);
  return lines;
}

/** On one line, and without what Markdown or HTML would take for its own. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\*[\]<>#|]/g, '\\$&');
}

function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
