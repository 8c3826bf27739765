/** Words in the place of a sum that is not known. */
export const totals = {
  'totals.unpriced': 'unpriced',
  'totals.unmetered': 'unmetered',
} as const;
