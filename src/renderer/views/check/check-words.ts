import type { Finding, FindingStatus } from '../../../shared/doctor.js';
import { t } from '../../../words/index.js';

/** What a check found, in words. */

/** "2 problems, 1 warning." */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  if (problems + warnings === 0) return t('app.check.nothingWrong');
  if (warnings === 0) return t('app.check.problems', { count: problems });
  if (problems === 0) return t('app.check.warnings', { count: warnings });
  return t('app.check.problemsAndWarnings', { problems, warnings });
}

const PLACES: Readonly<Record<string, 'connect' | 'settings'>> = {
  tools: 'connect',
  session: 'settings',
  project: 'settings',
  port: 'settings',
};

/** The view where a finding can be fixed; undefined: it is fixed elsewhere. */
export function placeOf({ id }: Pick<Finding, 'id'>): 'connect' | 'settings' | undefined {
  return PLACES[id.slice(0, id.indexOf('.'))];
}
