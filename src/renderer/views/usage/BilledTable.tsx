import { Fragment } from 'react';
import type { ReconciledUsage } from '../../../shared/reconciliation.js';
import { Cell, HeadCell, Table } from '../../components/Table.js';
import styles from './BilledLine.module.css';
import { dayWords, differenceWords, estimateWords, moneyWords, reasonWords } from './billed-words.js';

const COLUMNS = [
  { id: 'model', title: 'Day and model' },
  { id: 'estimate', title: 'Estimate', numeric: true },
  { id: 'billed', title: 'Billed', numeric: true },
  { id: 'difference', title: 'Difference', numeric: true },
] as const;

/** Each day's models, the last day first, and under each what is known of why the two differ. */
export function BilledTable({ rows }: { rows: readonly ReconciledUsage[] }) {
  const days = [...new Set(rows.map(({ day }) => day))].reverse();
  return (
    <Table label="Estimated and billed" columns={COLUMNS}>
      {days.map((day) => (
        <Fragment key={day ?? 'all'}>
          {day !== undefined && (
            <tr className={styles.day}>
              <th scope="rowgroup" colSpan={COLUMNS.length}>
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
                    <span title={row.model}>{row.model}</span>
                  </HeadCell>
                  <Cell numeric>{estimateWords(row)}</Cell>
                  <Cell numeric>{moneyWords(row.billedNanoUsd)}</Cell>
                  <Cell numeric>{differenceWords(row)}</Cell>
                </tr>
                {row.reasons.length > 0 && (
                  <tr className={styles.reasons}>
                    <td colSpan={COLUMNS.length}>{reasonWords(row)}</td>
                  </tr>
                )}
              </Fragment>
            ))}
        </Fragment>
      ))}
    </Table>
  );
}
