import { formatDurationShort, formatMoney, formatTokens } from '../../shared/format.js';
import { useStore } from '../store/use-store.js';

interface MoneyProps {
  /** undefined: unknown, shown as a dash. */
  readonly nanoUsd: number | undefined;
  /** The figure is known to be too small. */
  readonly atLeast?: boolean;
}

/** The words for a sum of money, in the form that the person has chosen. */
export function useMoney(): (nanoUsd: number | undefined, options?: { atLeast?: boolean }) => string {
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  return (nanoUsd, options) => formatMoney(nanoUsd, { ...options, cents });
}

export function Money({ nanoUsd, atLeast }: MoneyProps) {
  const money = useMoney();
  return <span>{money(nanoUsd, { atLeast })}</span>;
}

export function Tokens({ count }: { count: number | undefined }) {
  return <span title={count === undefined ? undefined : exact(count)}>{formatTokens(count)}</span>;
}

export function Duration({ ms }: { ms: number | undefined }) {
  return <span>{formatDurationShort(ms)}</span>;
}

/** With a comma between thousands, for where the short form is not enough. */
export function exact(count: number): string {
  return count.toLocaleString('en-US');
}
