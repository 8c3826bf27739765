import { memo } from 'react';
import { addTotals, EMPTY_TOTALS } from '../../../shared/totals.js';
import type { UsageGroup, UsageTotals } from '../../../shared/usage.js';
import { formatTokens } from '../../../words/format.js';
import { costText, tokensText } from '../../../words/format-totals.js';
import { t } from '../../../words/index.js';
import type { Kind } from '../../colours/colours.js';
import { classNames } from '../../components/class-names.js';
import { exact } from '../../components/figures.js';
import { ModelSwatch } from '../../components/ModelSwatch.js';
import { Name } from '../../components/Name.js';
import { Cell, HeadCell, type Sort, Table, type TableColumn } from '../../components/Table.js';
import { cachedText, exactText, failuresText, unknownCostsText } from './amounts.js';
import { sorted } from './table-rows.js';
import styles from './UsageTable.module.css';

interface UsageTableProps {
  readonly groups: readonly UsageGroup[];
  readonly kind: Kind;
  readonly cents: boolean;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** The name that is filtered by. */
  readonly chosen: string | undefined;
  /** undefined: rows of this kind are not filtered by. */
  readonly onChoose: ((name: string) => void) | undefined;
}

const figureColumns = (): readonly TableColumn[] => [
  {
    id: 'requests',
    title: t('app.usage.column.requests'),
    spoken: t('app.usage.column.requestsSpoken'),
    numeric: true,
  },
  { id: 'failed', title: t('app.usage.column.failed'), numeric: true, wideOnly: true },
  { id: 'interrupted', title: t('app.usage.column.interrupted'), numeric: true, wideOnly: true },
  { id: 'input', title: t('app.usage.column.input'), spoken: t('app.usage.column.inputSpoken'), numeric: true },
  { id: 'cached', title: t('app.usage.column.cached'), spoken: t('app.usage.column.cachedSpoken'), numeric: true },
  { id: 'output', title: t('app.usage.column.output'), spoken: t('app.usage.column.outputSpoken'), numeric: true },
  { id: 'cost', title: t('app.usage.column.cost'), spoken: t('app.usage.column.costSpoken'), numeric: true },
];

/** What each model, tool, key or project used. A row of a model or tool filters by its name. */
export function UsageTable({ groups, kind, cents, sort, onSort, chosen, onChoose }: UsageTableProps) {
  const all = groups.reduce<UsageTotals>(addTotals, EMPTY_TOTALS);
  return (
    <Table
      label={t(`app.usage.table.${kind}`)}
      columns={[{ id: 'name', title: t(`app.usage.part.${kind}`) }, ...figureColumns()]}
      sort={sort}
      onSort={onSort}
      foot={
        groups.length > 1 && (
          <tr>
            <HeadCell>{t('app.usage.total')}</HeadCell>
            <FigureCells totals={all} cents={cents} />
          </tr>
        )
      }
    >
      {sorted(groups, sort).map((group) => (
        <Row
          key={`${group.providerName ?? ''} ${group.key}`}
          group={group}
          kind={kind}
          cents={cents}
          isChosen={group.key === chosen}
          isBack={chosen !== undefined && group.key !== chosen}
          onChoose={onChoose}
        />
      ))}
    </Table>
  );
}

interface RowProps {
  readonly group: UsageGroup;
  readonly kind: Kind;
  readonly cents: boolean;
  readonly isChosen: boolean;
  /** Another row is chosen. */
  readonly isBack: boolean;
  readonly onChoose: ((name: string) => void) | undefined;
}

const Row = memo(function Row({ group, kind, cents, isChosen, isBack, onChoose }: RowProps) {
  const name = (
    <>
      <ModelSwatch name={group.key} kind={kind} />
      <Name className={styles.text}>{group.label ?? group.key}</Name>
    </>
  );
  const notes = [failuresText(group), unknownCostsText(group)].filter((note) => note !== undefined);
  return (
    // Keys reach the button within; its press bubbles up to here.
    <tr
      className={classNames(onChoose && styles.row, isChosen && styles.chosen, isBack && styles.back)}
      onClick={onChoose && (() => onChoose(group.key))}
    >
      <HeadCell className={styles.head}>
        {onChoose ? (
          <button type="button" className={styles.name} aria-pressed={isChosen} title={group.label ?? group.key}>
            {name}
          </button>
        ) : (
          <span className={styles.name} title={group.label ?? group.key}>
            {name}
          </span>
        )}
        {notes.length > 0 && <span className={styles.notes}>{notes.join(' · ')}</span>}
      </HeadCell>
      <FigureCells totals={group} cents={cents} />
    </tr>
  );
});

function FigureCells({ totals, cents }: { totals: UsageTotals; cents: boolean }) {
  const known = (count: number) => <span title={exact(count)}>{tokensText(totals, count)}</span>;
  return (
    <>
      <Cell numeric>
        <span title={exact(totals.exchanges)}>
          {totals.exchanges < 10_000 ? exact(totals.exchanges) : formatTokens(totals.exchanges)}
        </span>
      </Cell>
      <Cell numeric wideOnly>
        {exact(totals.failed)}
      </Cell>
      <Cell numeric wideOnly>
        {exact(totals.interrupted)}
      </Cell>
      <Cell numeric>{known(totals.inputTokens)}</Cell>
      <Cell numeric>
        <span title={t('app.usage.tokens', { count: totals.cacheReadInputTokens })}>{cachedText(totals)}</span>
      </Cell>
      <Cell numeric>{known(totals.outputTokens)}</Cell>
      <Cell numeric>
        <span title={exactText('cost', totals)}>{costText(totals, { cents })}</span>
      </Cell>
    </>
  );
}
