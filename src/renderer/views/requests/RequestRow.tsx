import { memo, type ReactNode } from 'react';
import type { ActiveExchange, PricedExchange } from '../../../shared/usage.js';
import { formatClock, formatDurationShort, formatTokens, UNKNOWN } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { useMoney } from '../../components/figures.js';
import { ModelSwatch } from '../../components/ModelSwatch.js';
import { Name } from '../../components/Name.js';
import { useNow } from '../../store/use-now.js';
import styles from './RequestRow.module.css';
import { shownModelOf } from './request-list.js';

interface RowProps<Exchange> {
  readonly exchange: Exchange;
  /** Whether the tab key stops here: one row of all. */
  readonly isStop: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (exchange: ActiveExchange | PricedExchange) => void;
}

/** A request that has ended. Rendered again only when something about it changes. */
export const EndedRow = memo(function EndedRow(props: RowProps<PricedExchange>) {
  const { exchange: record } = props;
  const { outcome, status, usage, errorReason, errorType } = record;
  const [first, total] = [record.timeToFirstChunkMs, record.durationMs].map(formatDurationShort) as [string, string];
  const statusText = status?.toString() ?? UNKNOWN;
  return (
    <RowButton {...props} dot={outcome} spoken={t(`app.requests.${outcome}`)} model={shownModelOf(record)}>
      <span className={styles.timing}>
        <span title={t('app.requests.timing')}>
          <Spoken text={`${first} · ${total}`} spoken={t('app.requests.timingSpoken', { first, total })} />
        </span>
      </span>
      <span className={styles.cost}>
        <CostText record={record} />
      </span>
      <span className={styles.figures}>
        <span className={styles.status}>
          <Spoken text={statusText} spoken={t('app.requests.status', { status: statusText })} />
        </span>
        {usage ? (
          <Spoken
            text={t('app.requests.tokens', {
              input: formatTokens(usage.inputTokens),
              output: formatTokens(usage.outputTokens),
            })}
            spoken={t('app.requests.tokensSpoken', {
              input: usage.inputTokens ?? UNKNOWN,
              output: usage.outputTokens ?? UNKNOWN,
            })}
          />
        ) : (
          UNKNOWN
        )}
      </span>
      {outcome !== 'complete' && (
        <span className={styles.reason} lang="en">
          {errorReason ?? errorType ?? t('app.requests.reasonUnknown')}
        </span>
      )}
    </RowButton>
  );
});

/** A request in progress. Each push brings a new object for it: what is equal is not rendered again. */
export const ActiveRow = memo(function ActiveRow(props: RowProps<ActiveExchange>) {
  const { model, timeToFirstChunkMs, startedAt } = props.exchange;
  return (
    <RowButton {...props} dot="active" spoken={t('app.requests.active')} model={model}>
      <span className={styles.timing}>
        {formatDurationShort(timeToFirstChunkMs)} · <Elapsed since={startedAt} />
      </span>
      <span className={styles.cost}>…</span>
      <span className={styles.figures}>
        {t(timeToFirstChunkMs === undefined ? 'app.requests.waiting' : 'app.requests.streaming')}
      </span>
    </RowButton>
  );
}, isSameActive);

function isSameActive(a: RowProps<ActiveExchange>, b: RowProps<ActiveExchange>): boolean {
  return (
    a.exchange.id === b.exchange.id &&
    a.exchange.model === b.exchange.model &&
    a.exchange.timeToFirstChunkMs === b.exchange.timeToFirstChunkMs &&
    a.isStop === b.isStop &&
    a.isOpen === b.isOpen &&
    a.onOpen === b.onOpen
  );
}

/** Moves once a second. */
function Elapsed({ since }: { since: number }) {
  const seconds = Math.max(Math.floor((useNow() - since) / 1000), 0);
  return seconds < 60 ? t('app.requests.seconds', { count: seconds }) : formatDurationShort(seconds * 1000);
}

interface RowButtonProps extends RowProps<ActiveExchange | PricedExchange> {
  readonly dot: 'complete' | 'failed' | 'interrupted' | 'active';
  readonly spoken: string;
  readonly model: string | undefined;
  readonly children: ReactNode;
}

function RowButton({ exchange, isStop, isOpen, onOpen, dot, spoken, model, children }: RowButtonProps) {
  return (
    <li className={styles.item}>
      <button
        type="button"
        data-request={exchange.id}
        aria-current={isOpen || undefined}
        tabIndex={isStop ? 0 : -1}
        className={styles.row}
        onClick={() => onOpen(exchange)}
      >
        <span className={`${styles.dot} ${styles[dot]}`} aria-hidden="true" />
        <span className="sr-only">{spoken} </span>
        <span className={styles.time}>{formatClock(exchange.startedAt)}</span>
        <Name className={styles.tool}>{exchange.tool}</Name>
        <span className={styles.model}>
          {model !== undefined && <ModelSwatch name={model} />}
          <Name className={styles.modelName}>{model ?? UNKNOWN}</Name>
        </span>
        {children}
      </button>
    </li>
  );
}

function CostText({ record }: { record: PricedExchange }) {
  const money = useMoney();
  const { cost, standing } = record;
  const why = standing === 'unpriced' || standing === 'unmetered' || standing === 'none' ? standing : undefined;
  if (cost) return money(cost.costNanoUsd + cost.surchargeNanoUsd, { atLeast: standing === 'partial' });
  return (
    <span title={why && t(`app.requests.why.${why}`)}>
      {standing === 'unpriced' ? t('app.requests.unpriced') : UNKNOWN}
    </span>
  );
}

/** Short for the eye, in full for a screen reader. */
function Spoken({ text, spoken }: { text: string; spoken: string }) {
  return (
    <>
      <span aria-hidden="true">{text}</span>
      <span className="sr-only"> {spoken} </span>
    </>
  );
}
