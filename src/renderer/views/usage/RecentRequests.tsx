import { memo, useCallback } from 'react';
import type { ActiveExchange, PricedExchange } from '../../../shared/usage.js';
import { t } from '../../../words/index.js';
import { meet } from '../../colours/colours.js';
import { Button } from '../../components/Button.js';
import { Name } from '../../components/Name.js';
import { store } from '../../store/use-store.js';
import { ActiveRow, EndedRow } from '../requests/RequestRow.js';
import { shownModelOf } from '../requests/request-list.js';
import styles from './RecentRequests.module.css';

/** Rows shown at most. */
export const RECENT = 8;

interface RecentRequestsProps {
  readonly active: readonly ActiveExchange[];
  readonly ended: readonly PricedExchange[];
  /** There are no rows, and that they are none is not known yet. */
  readonly pending: boolean;
  /** What of them is left out, in words; undefined: nothing. */
  readonly filter: string | undefined;
}

/** What just happened; each row leads to all that is known of it. */
export const RecentRequests = memo(function RecentRequests({ active, ended, pending, filter }: RecentRequestsProps) {
  const open = useCallback((one: ActiveExchange | PricedExchange) => store.show('requests', one), []);
  const models = [...active.map(({ model }) => model), ...ended.map(shownModelOf)];
  meet(
    'model',
    models.filter((model) => model !== undefined),
  );
  const underWay = active.slice(0, RECENT);
  const over = ended.slice(0, RECENT - underWay.length);
  const more = active.length - underWay.length;
  return (
    <section aria-label={t('app.usage.recentRequests')}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {t('app.usage.recent')}
          {filter && (
            <span className={styles.filter}>
              {' · '}
              <Name>{filter}</Name>
            </span>
          )}
          {more > 0 && <span className={styles.filter}> · {t('app.usage.moreInFlight', { count: more })}</span>}
        </h2>
        <Button kind="link" onClick={() => store.show('requests')}>
          {t('app.usage.allRequests')}
        </Button>
      </div>
      {underWay.length + over.length === 0 && !pending && <p className={styles.none}>{t('app.usage.nothingFits')}</p>}
      <ul aria-label={t('app.usage.recentRequests')}>
        {underWay.map((one) => (
          <ActiveRow key={one.id} exchange={one} isStop isOpen={false} onOpen={open} />
        ))}
        {over.map((one) => (
          <EndedRow key={one.id} exchange={one} isStop isOpen={false} onOpen={open} />
        ))}
      </ul>
    </section>
  );
});
