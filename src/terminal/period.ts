import { MeshbarError } from '../shared/errors.js';
import { type Moment, parseMoment } from './moments.js';

/** The stretch of time that --since and --until name, Unix milliseconds. Throws MeshbarError (invalid_option). */
export function periodOf(options: { since: string; until?: string }, now: number): { since: number; until?: number } {
  const since = momentOf(options.since, now, '--since').start;
  if (options.until === undefined) return { since };
  const until = momentOf(options.until, now, '--until').end;
  if (until <= since) {
    throw new MeshbarError('invalid_option', { why: 'period_reversed' });
  }
  return { since, until };
}

function momentOf(text: string, now: number, option: string): Moment {
  const moment = parseMoment(text, now, 'before');
  if (moment) return moment;
  throw new MeshbarError('invalid_option', { why: 'moment', option, text: text.slice(0, 40) });
}
