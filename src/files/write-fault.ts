import type { ErrorFacts } from '../shared/errors.js';

/** The system's code for what went wrong with a file: "EACCES". */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error';
}

/** Why a file that is written under a lock (lock.ts) could not be. */
export function writeFault(error: unknown): ErrorFacts {
  const reason = codeOf(error);
  return { code: 'file_fault', data: reason === 'ELOCKED' ? { why: 'locked' } : { why: 'code', reason } };
}
