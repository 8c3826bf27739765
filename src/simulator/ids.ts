import { randomBytes } from 'node:crypto';

/** An id as providers make them: a prefix and something unguessable. */
export function newId(prefix: string): string {
  return `${prefix}${randomBytes(12).toString('hex')}`;
}
