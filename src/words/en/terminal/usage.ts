/** Single requests, sums and bills, in lines and tables. Headers of tables are short. */
export const usage = {
  'terminal.usage.in': 'in {tokens}',
  'terminal.usage.cached': 'cached {tokens}',
  'terminal.usage.out': 'out {tokens}',
  'terminal.usage.firstChunk': 'first {duration}',
  'terminal.usage.sentTwice': 'sent twice: may have been billed twice',

  'terminal.usage.failed': '{count} failed',
  'terminal.usage.interrupted': '{count} interrupted',
  'terminal.usage.partial': '{count} partial',
  'terminal.usage.unpriced': '{count} unpriced',
  'terminal.usage.unmetered': '{count} unmetered',
  'terminal.usage.refused': '{count} refused: may not be billed',
  'terminal.usage.refusedOne': 'refused: may not be billed',
  'terminal.usage.inAndCached': 'in {tokens} (cached {cached})',
  'terminal.usage.cost': 'cost {total}',
  'terminal.usage.costWithSurcharge': 'cost {subtotal} + surcharge {surcharge} = {total}',

  'terminal.usage.head.model': 'model',
  'terminal.usage.head.tool': 'tool',
  'terminal.usage.head.day': 'day',
  'terminal.usage.head.key': 'key',
  'terminal.usage.head.project': 'project',
  'terminal.usage.head.provider': 'provider',
  'terminal.usage.head.requests': 'requests',
  'terminal.usage.head.in': 'in',
  'terminal.usage.head.cached': 'cached',
  'terminal.usage.head.out': 'out',
  'terminal.usage.head.subtotal': 'subtotal',
  'terminal.usage.head.surcharge': 'surcharge',
  'terminal.usage.head.total': 'total',
  'terminal.usage.noName': '(none)',
  'terminal.usage.sharedKey': '(shared key)',
  'terminal.usage.nothing': 'No usage in that time.',

  'terminal.usage.billed.head.day': 'day (UTC)',
  'terminal.usage.billed.head.requests': 'requests here',
  'terminal.usage.billed.head.estimate': 'estimate',
  'terminal.usage.billed.head.billed': 'billed',
  'terminal.usage.billed.head.difference': 'difference',
  'terminal.usage.billed.allDays': 'all days',
  'terminal.usage.billed.noDifference': 'none',
  'terminal.usage.billed.sum': 'estimate {estimate} · billed {billed}',
  'terminal.usage.billed.included': '{sum}, surcharge included in both',
  'terminal.usage.billed.nothing': 'Nothing was used or billed in that time.',

  'terminal.usage.reprice.none': 'Every request has a price.',
  'terminal.usage.reprice.unknown':
    '{count, plural, one {# request has} other {# requests have}} no price, and the list knows none of their models.',
  'terminal.usage.reprice.done':
    '{priced} of {unpriced} requests without a price {priced, plural, one {has one} other {have one}} now, {cost} with the surcharge: {models}.',
  'terminal.usage.reprice.dryRun':
    '{priced} of {unpriced} requests without a price would have one now, {cost} with the surcharge: {models}. Nothing was changed.',
  'terminal.usage.reprice.prices': '{text} Prices: {version}.',
  'terminal.usage.damaged': 'The usage ledger was damaged. It was set aside as {name}.',

  'terminal.usage.settle.none': 'No labelled request has an uncertain cost. `meshbar proxy --settle` labels requests.',
  'terminal.usage.settle.done':
    '{settled} of {count, plural, one {# request of uncertain cost was} other {# requests of uncertain cost were}} settled.',
  'terminal.usage.settle.dryRun':
    '{settled} of {count, plural, one {# request of uncertain cost} other {# requests of uncertain cost}} would be settled. Nothing was changed.',
  'terminal.usage.settle.sums': 'Seen of them: {before}; billed: {after}, with the surcharge.',
  'terminal.usage.settle.withoutBill': '{count} without a bill.',
  'terminal.usage.settle.tooRecent': '{count} ended too recently to be asked about (--older-than).',
  'terminal.usage.settle.inseparable': '{count} billed together with others.',
  'terminal.usage.settle.project': 'Project {project}: {problem}',
} as const;
