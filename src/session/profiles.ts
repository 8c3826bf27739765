import { MeshbarError } from '../shared/errors.js';
import type { SavedProfile, SessionUser } from '../shared/session.js';
import type { SavedUser } from './settings.js';

/** Saved users as shells see them. Pure. */

export function sessionUserOf({ id, email, name }: SavedUser): SessionUser {
  return { id, email, name };
}

/** Unix milliseconds. */
export function sessionEndOf(user: SavedUser): number | undefined {
  return user.session?.expiresAt === undefined ? undefined : user.session.expiresAt * 1000;
}

export function profileOf(user: SavedUser, currentId: string | undefined): SavedProfile {
  return {
    ...sessionUserOf(user),
    apiUrl: user.apiUrl,
    current: user.id === currentId,
    signedIn: user.session !== undefined,
  };
}

/** The current one first, the others by address. */
export function byStanding(a: SavedProfile, b: SavedProfile): number {
  return Number(b.current) - Number(a.current) || (a.email ?? a.id).localeCompare(b.email ?? b.id);
}

/** By id, else by e-mail address in any case. Throws MeshbarError profile_unknown. */
export function findUser(users: readonly SavedUser[], selector: string): SavedUser {
  const byId = users.find((user) => user.id === selector);
  if (byId) return byId;
  const [match, second] = users.filter((user) => user.email?.toLowerCase() === selector.trim().toLowerCase());
  if (match && !second) return match;
  throw new MeshbarError('profile_unknown', { why: match ? 'several' : 'none' });
}
