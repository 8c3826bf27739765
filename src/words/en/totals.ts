/** Words in the place of a sum that is not known. */
export const totals = {
  'totals.unpriced': 'unpriced',
  'totals.unmetered': 'unmetered',
  'totals.refused': 'refused',
} as const;
