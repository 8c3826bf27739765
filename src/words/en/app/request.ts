/** The details of one request. */
export const request = {
  'app.request.exchange': 'Exchange',
  'app.request.sizes': 'Times and sizes',
  'app.request.tokens': 'Tokens',
  'app.request.costEstimated': 'Cost, estimated',
  'app.request.costBilled': 'Cost, billed',
  'app.request.usage': 'Usage',
  'app.request.total': 'Total',

  'app.request.outcome.complete': 'Complete: the whole answer passed',
  'app.request.outcome.failed': 'Failed: an error answer, or none',
  'app.request.outcome.interrupted': 'Interrupted: cut while the answer was passing',
  'app.request.standing.measured': 'Measured: the provider reported the usage of the whole exchange.',
  'app.request.standing.billed': 'Billed: this is what MeshAgent billed for the exchange, and no estimate.',
  'app.request.standing.partial':
    'Partial: the exchange was cut, and these are the counts until then. It cost at least this much.',
  'app.request.standing.unpriced': 'Unpriced: the usage is known, but no price for it.',
  'app.request.standing.unmetered': 'Unmetered: it may have cost something, but the provider reported no usage.',
  'app.request.standing.none': 'Nothing to bill: a list, a count or a refused request.',

  'app.request.clientLeftFirst': '{unknown} (the client left first)',
  'app.request.billedForBoth': 'twice: the cost is that of both',
  'app.request.maybeBilledTwice': 'twice: may have been billed twice',
  'app.request.sharedKey': 'the shared key',
  'app.request.transport.http': 'HTTP',
  'app.request.transport.websocket': 'WebSocket',
  'app.request.yes': 'yes',
  'app.request.no': 'no',
} as const;
