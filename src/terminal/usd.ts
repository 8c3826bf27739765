import { formatMoney } from '../words/format.js';

/** An amount of US dollars as formatMoney() has it; a debt with its sign. */
export function shownUsd(usd: number): string {
  return `${usd < 0 ? '-' : ''}${formatMoney(Math.round(Math.abs(usd) * 1e9))}`;
}
