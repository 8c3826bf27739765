/** Around the doctor's findings, whose own words are not the terminal's. */
export const doctor = {
  'terminal.doctor.problem': 'problem',
  'terminal.doctor.warning': 'warning',
  'terminal.doctor.note': 'note',
  'terminal.doctor.skipped': 'skipped',
  'terminal.doctor.ok': 'ok',
  'terminal.doctor.summary':
    '{problems, plural, =0 {No problems} one {# problem} other {# problems}}, {warnings, plural, =0 {no warnings} one {# warning} other {# warnings}}.',
  'terminal.doctor.readFirst': 'Keys, names and paths were removed. Read it through before you post it.',
} as const;
