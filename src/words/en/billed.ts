/** MeshAgent's bill beside the estimates. */
export const billed = {
  'billed.reason.unpriced': 'unpriced requests',
  'billed.reason.partial': 'answers cut off or sent twice',
  'billed.reason.unmetered': 'requests without reported usage',
  'billed.reason.other_machines': 'used elsewhere too',
  'billed.reason.running': 'requests in progress',
  'billed.reason.not_billed_yet': 'not billed yet',
  'billed.reason.prices': 'prices differ from the list',
} as const;
