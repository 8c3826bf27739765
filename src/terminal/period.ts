import { MeshbarError } from '../shared/errors.js';

/** Throws MeshbarError (invalid_option). */
export function periodOf(options: { since: string; until?: string }, now: number): { since: number; until?: number } {
  const since = parseMoment(options.since, now, '--since').start;
  if (options.until === undefined) return { since };
  const until = parseMoment(options.until, now, '--until').end;
  if (until <= since) {
    throw new MeshbarError('invalid_option', '--until lies before --since.', { hint: 'Exchange the two.' });
  }
  return { since, until };
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * "90m", "24h", "7d", "4w" before `now`, a date, which is a whole day of the local calendar, or a date and time that
 * Date understands; Unix milliseconds.
 */
function parseMoment(text: string, now: number, option: string): { start: number; end: number } {
  const span = /^(\d{1,6})([mhdw])$/.exec(text);
  if (span) {
    const at = now - Number(span[1]) * (UNITS[span[2] as string] as number);
    return { start: at, end: at };
  }
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) {
    const [year, month, date] = [Number(day[1]), Number(day[2]) - 1, Number(day[3])];
    const start = new Date(year, month, date);
    // Date would take the 31st of February for a day in March.
    if (start.getMonth() === month && start.getDate() === date) {
      return { start: start.getTime(), end: new Date(year, month, date + 1).getTime() };
    }
  }
  const at = /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? new Date(text).getTime() : Number.NaN;
  if (Number.isNaN(at)) {
    throw new MeshbarError('invalid_option', `${option} does not understand "${text.slice(0, 40)}".`, {
      hint: 'Use a span such as 24h or 7d, or a date such as 2026-01-31.',
    });
  }
  return { start: at, end: at };
}
