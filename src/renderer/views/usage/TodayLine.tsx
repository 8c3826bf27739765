import { memo } from 'react';
import type { UsageTotals } from '../../../shared/usage.js';
import { UNKNOWN } from '../../../words/format.js';
import { costText } from '../../../words/format-totals.js';
import { t } from '../../../words/index.js';
import { exact } from '../../components/figures.js';
import { useStore } from '../../store/use-store.js';
import { exactText, tokensOf, unknownCostsText } from './amounts.js';
import styles from './TodayLine.module.css';

/** Since midnight, in four figures; pointed at, each says itself to the last digit. */
export const TodayLine = memo(function TodayLine() {
  const today = useStore((state) => state.usage?.today);
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  return (
    <section className={styles.today} aria-label={t('app.usage.today')}>
      <dl className={styles.list}>
        <Figure
          label={t('app.usage.todayEstimated')}
          value={today ? costText(today, { cents }) : UNKNOWN}
          title={today && costTitle(today)}
        />
        <Figure
          label={t('app.usage.todayTokens')}
          value={today ? tokensOf(today) : UNKNOWN}
          title={today && exactText('tokens', today)}
        />
        <Figure label={t('app.usage.todayRequests')} value={today ? exact(today.exchanges) : UNKNOWN} />
        <Figure
          label={t('app.usage.todayFailed')}
          value={today ? exact(today.failed) : UNKNOWN}
          title={today && t('app.usage.failedAndInterrupted', { failed: today.failed, interrupted: today.interrupted })}
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
  const missing = unknownCostsText(today);
  const cost = exactText('cost', today);
  return missing ? t('app.usage.costTitleMissing', { cost, missing }) : t('app.usage.costTitle', { cost });
}
