import type { SessionUser } from '../shared/session.js';
import { plainText } from './plain-text.js';

/** "Ada Lovelace <ada@example.com>", or as much of it as is known. */
export function personText({ id, name, email }: SessionUser): string {
  const parts = [name, email && `<${email}>`].filter(Boolean);
  return plainText(parts.length === 0 ? id : parts.join(' '));
}
