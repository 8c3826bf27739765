import { memo } from 'react';
import type { UsageTotals } from '../../../shared/usage.js';
import { UNKNOWN } from '../../../words/format.js';
import { costText } from '../../../words/format-totals.js';
import { exact } from '../../components/figures.js';
import { useStore } from '../../store/use-store.js';
import { exactText, missingText, tokensOf } from './amounts.js';
import styles from './TodayLine.module.css';

/** Since midnight, in four figures; each says itself to the last digit to whoever points at it. */
export const TodayLine = memo(function TodayLine() {
  const today = useStore((state) => state.usage?.today);
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  return (
    <section className={styles.today} aria-label="Today">
      <dl className={styles.list}>
        <Figure
          label="Today, estimated"
          value={today ? costText(today, { cents }) : UNKNOWN}
          title={today && costTitle(today)}
        />
        <Figure label="Tokens" value={today ? tokensOf(today) : UNKNOWN} title={today && exactText('tokens', today)} />
        <Figure label="Requests" value={today ? exact(today.exchanges) : UNKNOWN} />
        <Figure
          label="Failed"
          value={today ? exact(today.failed) : UNKNOWN}
          title={today && `${exact(today.failed)} failed, ${exact(today.interrupted)} interrupted`}
          isBad={today !== undefined && today.failed > 0}
        />
      </dl>
    </section>
  );
});

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly title?: string;
  readonly isBad?: boolean;
}

function Figure({ label, value, title, isBad }: FigureProps) {
  return (
    <div className={styles.figure} title={title}>
      <dt className={styles.label}>{label}</dt>
      <dd className={isBad ? styles.bad : styles.value}>{value}</dd>
    </div>
  );
}

function costTitle(today: UsageTotals): string {
  const missing = missingText(today);
  return `${exactText('cost', today)} at list price, surcharge included${missing ? `; not counted in full: ${missing}` : ''}`;
}
