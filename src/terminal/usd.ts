import { nanoUsd } from '../shared/money.js';
import { formatMoney } from '../words/format.js';

/** An amount of US dollars as formatMoney() has it; a debt with its sign. */
export function shownUsd(usd: number): string {
  return `${usd < 0 ? '-' : ''}${formatMoney(nanoUsd(Math.abs(usd)))}`;
}
