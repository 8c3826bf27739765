import { Fragment } from 'react';
import type { ReconciledUsage } from '../../../shared/reconciliation.js';
import { t } from '../../../words/index.js';
import { Name } from '../../components/Name.js';
import { Cell, HeadCell, Table } from '../../components/Table.js';
import styles from './BilledLine.module.css';
import { dayWords, differenceWords, estimateWords, moneyWords, reasonWords } from './billed-words.js';

const columns = () =>
  [
    { id: 'model', title: t('app.usage.billed.dayAndModel') },
    { id: 'estimate', title: t('app.usage.billed.estimate'), numeric: true },
    { id: 'billed', title: t('app.usage.billed.billed'), numeric: true },
    { id: 'difference', title: t('app.usage.billed.difference'), numeric: true },
  ] as const;
const COLUMN_COUNT = 4;

/** Each day's models, the last day first, and under each what is known of why the two differ. */
export function BilledTable({ rows }: { rows: readonly ReconciledUsage[] }) {
  const days = [...new Set(rows.map(({ day }) => day))].reverse();
  return (
    <Table label={t('app.usage.billed.table')} columns={columns()}>
      {days.map((day) => (
        <Fragment key={day ?? 'all'}>
          {day !== undefined && (
            <tr className={styles.day}>
              <th scope="rowgroup" colSpan={COLUMN_COUNT}>
                {dayWords(day)}
              </th>
            </tr>
          )}
          {rows
            .filter((row) => row.day === day)
            .map((row) => (
              <Fragment key={row.model}>
                <tr className={styles.row}>
                  <HeadCell>
                    <span title={row.model}>
                      <Name>{row.model}</Name>
                    </span>
                  </HeadCell>
                  <Cell numeric>{estimateWords(row)}</Cell>
                  <Cell numeric>{moneyWords(row.billedNanoUsd)}</Cell>
                  <Cell numeric>{differenceWords(row)}</Cell>
                </tr>
                {row.reasons.length > 0 && (
                  <tr className={styles.reasons}>
                    <td colSpan={COLUMN_COUNT}>{reasonWords(row)}</td>
                  </tr>
                )}
              </Fragment>
            ))}
        </Fragment>
      ))}
    </Table>
  );
}
