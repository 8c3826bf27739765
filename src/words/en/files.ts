/** Meshbar's own small files. */
export const files = {
  'files.notSetAside': '{file} is damaged and can’t be set aside. {problem}',
} as const;
