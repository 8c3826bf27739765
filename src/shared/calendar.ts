/** Lengths of time, and days as the user's calendar has them, daylight saving included. Times are Unix milliseconds. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** A day of UTC: those of the calendar last from 23 to 25 hours. */
export const DAY_MS = 24 * HOUR_MS;

/** The local calendar day of a moment, "YYYY-MM-DD". */
export function localDayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Midnight that began the local day of a moment. */
export function localDayStart(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Midnight that ends the local day of a moment. */
export function localDayEnd(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
