import { randomBytes } from 'node:crypto';

/**
 * Ids that are unique across processes and sort by time: nine base-36 digits of Unix milliseconds, a process-wide
 * random part, and a counter.
 */
export function createExchangeIds(): (startedAt: number) => string {
  const process = randomBytes(5).toString('hex');
  let counter = 0;
  let last = Number.NaN;
  let time = '';
  return (startedAt) => {
    counter += 1;
    // Many begin in one millisecond.
    if (startedAt !== last) {
      last = startedAt;
      time = startedAt.toString(36).padStart(9, '0');
    }
    return `${time}-${process}-${counter.toString(36).padStart(5, '0')}`;
  };
}
