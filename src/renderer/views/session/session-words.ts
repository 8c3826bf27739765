import type { SessionUser } from '../../../shared/session.js';
import { compareNames } from '../../../words/format.js';
import { t } from '../../../words/index.js';

/** The session in words. */

/** "Sam Example (sam@example.com)", or as much of it as is known. */
export function personOf({ name, email }: Pick<SessionUser, 'name' | 'email'>): string {
  if (name !== undefined && email !== undefined) return t('app.account.person', { name, email });
  return name ?? email ?? t('app.account.unknownPerson');
}

/** "now", "in 12 s", "in 3 min". */
export function inTime(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  if (seconds <= 0) return t('app.account.now');
  if (seconds < 100) return t('app.account.inSeconds', { count: seconds });
  return t('app.account.inMinutes', { count: Math.round(seconds / 60) });
}

/** How long that text stays right, in milliseconds, so that nothing is painted in between. */
export function nextChange(at: number, now: number): number | undefined {
  const left = at - now;
  if (left <= 0) return undefined;
  const seconds = Math.ceil(left / 1000);
  const step = seconds < 100 ? 1000 : 60_000;
  return left % step || step;
}

/** Projects whose name or id holds all words of `search`, whatever their case; the current one first, then by name. */
export function findProjects<T extends { id: string; name: string; current: boolean }>(
  projects: readonly T[],
  search: string,
): readonly T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return projects
    .filter(({ id, name }) => words.every((word) => `${name} ${id}`.toLowerCase().includes(word)))
    .sort((a, b) => Number(b.current) - Number(a.current) || compareNames(a.name, b.name));
}
