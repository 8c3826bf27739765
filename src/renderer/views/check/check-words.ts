import type { Finding, FindingStatus } from '../../../shared/doctor.js';
import type { View } from '../../../shared/ipc.js';

/** What is told of a check. Pure. */

export const STATUS_WORDS: Readonly<Record<FindingStatus, string>> = {
  problem: 'Problem',
  warning: 'Warning',
  note: 'Note',
  skipped: 'Not looked at',
  ok: 'In order',
};

/** "2 problems, 1 warning." */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  if (problems + warnings === 0) return 'Nothing is wrong.';
  const parts = [counted(problems, 'problem'), counted(warnings, 'warning')].filter((part) => part !== undefined);
  return `${parts.join(', ')}.`;
}

function counted(n: number, one: string): string | undefined {
  return n === 0 ? undefined : `${n} ${one}${n === 1 ? '' : 's'}`;
}

const PLACES: Readonly<Record<string, { readonly view: View; readonly label: string }>> = {
  tools: { view: 'connect', label: 'Tools' },
  session: { view: 'settings', label: 'Settings' },
  project: { view: 'settings', label: 'Settings' },
  port: { view: 'settings', label: 'Settings' },
};

/** Where in this window a finding is mended; undefined: elsewhere. */
export function placeOf({ id }: Pick<Finding, 'id'>): { readonly view: View; readonly label: string } | undefined {
  return PLACES[id.slice(0, id.indexOf('.'))];
}
