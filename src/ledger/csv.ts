import { NANO_PER_USD } from '../shared/money.js';

/** CSV (RFC 4180). What is unknown is an empty cell, not 0. */

/** A line of cells as csvCell and csvUsd give them. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** Names come from user agents and answers: a spreadsheet must not take one for a formula. */
export function csvCell(value: string | number | boolean | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Dollars to the billionth, so that a sheet can add them up exactly. */
export function csvUsd(nanoUsd: number | undefined): string {
  return nanoUsd === undefined ? '' : (nanoUsd / NANO_PER_USD).toFixed(9);
}
