import { formatMoney, formatNumber } from '../../words/format.js';
import { useStore } from '../store/use-store.js';

/** The words for a sum of money, in the form that the person has chosen. */
export function useMoney(): (nanoUsd: number | undefined, options?: { atLeast?: boolean }) => string {
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  return (nanoUsd, options) => formatMoney(nanoUsd, { ...options, cents });
}

/** With a comma between thousands, for where the short form is not enough. */
export function exact(count: number): string {
  return formatNumber(count);
}
