/** What happened to the usage ledger. */
export const ledger = {
  'ledger.stopped': 'The usage ledger stopped: exchanges pass, but are not recorded. Restart Meshbar.',
  'ledger.setAside': 'The usage ledger was damaged. It was set aside as {setAside}, and a new one was begun.',
  'ledger.waiting': '{problem} Usage records wait until it can be used.',
  'ledger.writtenAgain': 'The usage ledger is being written again.',
  'ledger.writtenAgainWithout':
    '{count, plural, one {The usage ledger is being written again; # record was lost.} other {The usage ledger is being written again; # records were lost.}}',
  'ledger.lost':
    '{count, plural, one {# usage record could not be written and is lost.} other {# usage records could not be written and are lost.}}',
  'ledger.dropping': 'The disk can’t keep up: usage records are being dropped.',
  'ledger.senseless':
    '{count, plural, one {# usage record could not be written: it makes no sense.} other {# usage records could not be written: they make no sense.}}',
} as const;
