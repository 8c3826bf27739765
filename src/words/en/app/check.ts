/** The view that looks for what is wrong. */
export const check = {
  'app.check.title': 'Check',
  'app.check.again': 'Check again',
  'app.check.running': 'Checking…',
  'app.check.nothingWrong': 'Nothing is wrong.',
  'app.check.problems': '{count, plural, one {# problem} other {# problems}}.',
  'app.check.warnings': '{count, plural, one {# warning} other {# warnings}}.',
  'app.check.problemsAndWarnings':
    '{problems, plural, one {# problem} other {# problems}}, {warnings, plural, one {# warning} other {# warnings}}.',
  'app.check.copyReport': 'Copy report',
  'app.check.copyReportLabel': 'Copy report, to paste into an issue',
  'app.check.demo': 'The demo is running: this checks your computer, but not its proxy.',
  'app.check.good': '{count, plural, one {# check passed} other {# checks passed}}',
  'app.check.reportHint': 'The report has no keys, names or paths in it. Read it before you post it.',
  'app.check.status.problem': 'Problem',
  'app.check.status.warning': 'Warning',
  'app.check.status.note': 'Note',
  'app.check.status.skipped': 'Not checked',
  'app.check.status.ok': 'Passed',
  'app.check.toTools': 'Tools',
  'app.check.toSettings': 'Settings',
} as const;
