/** `meshbar price`. */
export const prices = {
  'terminal.prices.set':
    'Set. Requests to {model} are priced by it from now on; `meshbar usage reprice` prices those that had no price.',
  'terminal.prices.removed': 'Removed. {model} is priced by MeshAgent’s prices, or by the public list.',
  'terminal.prices.none': 'You have set no price of your own. `meshbar price set` does.',
  'terminal.prices.always': 'always',
  'terminal.prices.head.model': 'model',
  'terminal.prices.head.from': 'from',
  'terminal.prices.head.input': 'input',
  'terminal.prices.head.cached': 'cached',
  'terminal.prices.head.cacheWrite': 'cache write',
  'terminal.prices.head.output': 'output',
  'terminal.prices.noRate': 'Give --input or --output: what a million tokens cost, in USD.',
  'terminal.prices.badModel': 'It must be the name of a model, as requests have it.',
  'terminal.prices.badRate': 'It must be USD for a million tokens, such as 2.50.',
  'terminal.prices.badDay': 'It must be a date such as 2026-12-01.',
} as const;
