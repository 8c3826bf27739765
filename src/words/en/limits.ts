/** Named keys and budgets. */
export const limits = {
  'limits.keysDamaged.app':
    '{file} was damaged and is now {setAside}. No named key is valid any more: make new ones in Settings.',
  'limits.keysDamaged.terminal':
    '{file} was damaged and is now {setAside}. No named key is valid any more: make new ones with `meshbar key create`.',
  'limits.budgetsDamaged.app':
    '{file} was damaged and is now {setAside}. No budget applies any more: set them again in Settings.',
  'limits.budgetsDamaged.terminal':
    '{file} was damaged and is now {setAside}. No budget applies any more: set them again with `meshbar budget set`.',
  'limits.spentUnknown': 'What is spent of the budgets is not known: {problem} They count from now on.',

  'limits.keyRefused.revoked': 'The key “{label}” was revoked. `meshbar key create` makes another one.',
  'limits.keyRefused.expired': 'The key “{label}” has expired. `meshbar key create` makes another one.',
  'limits.keyRefused.ended': 'The key “{label}” was temporary and ended when the proxy stopped.',
} as const;
