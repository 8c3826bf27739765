import { MeshbarError } from '../shared/errors.js';
import { type Moment, parseMoment } from './moments.js';

/** Throws MeshbarError (invalid_option). */
export function periodOf(options: { since: string; until?: string }, now: number): { since: number; until?: number } {
  const since = momentOf(options.since, now, '--since').start;
  if (options.until === undefined) return { since };
  const until = momentOf(options.until, now, '--until').end;
  if (until <= since) {
    throw new MeshbarError('invalid_option', '--until lies before --since.', { hint: 'Exchange the two.' });
  }
  return { since, until };
}

function momentOf(text: string, now: number, option: string): Moment {
  const moment = parseMoment(text, now, 'before');
  if (moment) return moment;
  throw new MeshbarError('invalid_option', `${option} does not understand "${text.slice(0, 40)}".`, {
    hint: 'Use a span such as 24h or 7d, or a date such as 2026-01-31.',
  });
}
