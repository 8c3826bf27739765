/** What MeshAgent billed. */
export const billing = {
  'billing.unsettled': 'Requests that were cut off can’t be settled in the project {project}: {problem}',
} as const;
