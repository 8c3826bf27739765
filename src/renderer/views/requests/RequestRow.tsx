import { memo, type ReactNode } from 'react';
import type { ActiveExchange, PricedExchange } from '../../../shared/usage.js';
import { formatClock, formatDurationShort, formatTokens, UNKNOWN } from '../../../words/format.js';
import { useMoney } from '../../components/figures.js';
import { ModelSwatch } from '../../components/ModelSwatch.js';
import { useNow } from '../../store/use-now.js';
import styles from './RequestRow.module.css';
import { modelOf } from './request-list.js';

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
  const { outcome, status, usage, timeToFirstChunkMs, durationMs, errorReason, errorType } = record;
  return (
    <RowButton {...props} dot={outcome} spoken={SPOKEN[outcome]} model={modelOf(record)}>
      <span className={styles.timing}>
        <span title="Until the first chunk, and in all">
          <span className="sr-only">First chunk after</span> {formatDurationShort(timeToFirstChunkMs)}
          <span aria-hidden="true"> · </span>
          <span className="sr-only">, in all</span> {formatDurationShort(durationMs)}
        </span>
      </span>
      <span className={styles.cost}>
        <CostText record={record} />
      </span>
      <span className={styles.figures}>
        <span className={styles.status}>{status ?? UNKNOWN}</span>
        {usage ? `${formatTokens(usage.inputTokens)} in · ${formatTokens(usage.outputTokens)} out` : UNKNOWN}
      </span>
      {outcome !== 'complete' && (
        <span className={styles.reason}>{errorReason ?? errorType ?? 'The reason is not known.'}</span>
      )}
    </RowButton>
  );
});

const SPOKEN = { complete: 'Complete', failed: 'Failed', interrupted: 'Interrupted' } as const;

/** A request under way. Each push brings it anew: what does not differ is not rendered again. */
export const ActiveRow = memo(function ActiveRow(props: RowProps<ActiveExchange>) {
  const { model, timeToFirstChunkMs, startedAt } = props.exchange;
  return (
    <RowButton {...props} dot="active" spoken="Under way" model={model}>
      <span className={styles.timing}>
        {formatDurationShort(timeToFirstChunkMs)} · <Elapsed since={startedAt} />
      </span>
      <span className={styles.cost}>…</span>
      <span className={styles.figures}>{timeToFirstChunkMs === undefined ? 'waiting' : 'streaming'}</span>
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
  return seconds < 60 ? `${seconds} s` : formatDurationShort(seconds * 1000);
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
        <span className="sr-only">{spoken}</span>
        <span className={styles.time}>{formatClock(exchange.startedAt)}</span>
        <span className={styles.tool}>{exchange.tool}</span>
        <span className={styles.model}>
          {model !== undefined && <ModelSwatch name={model} />}
          <span className={styles.modelName}>{model ?? UNKNOWN}</span>
        </span>
        {children}
      </button>
    </li>
  );
}

function CostText({ record }: { record: PricedExchange }) {
  const money = useMoney();
  const { cost, standing } = record;
  if (cost) return money(cost.costNanoUsd + cost.surchargeNanoUsd, { atLeast: standing === 'partial' });
  return <span title={UNPRICED_WORDS[standing]}>{standing === 'unpriced' ? 'unpriced' : UNKNOWN}</span>;
}

const UNPRICED_WORDS: Partial<Record<PricedExchange['standing'], string>> = {
  unpriced: 'There is no known price for this',
  unmetered: 'The provider reported no usage',
  none: 'Nothing to bill',
};
