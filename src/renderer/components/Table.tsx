import type { ReactNode } from 'react';
import { classNames } from './class-names.js';
import { SortIcon } from './icons.js';
import styles from './Table.module.css';

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** Figures stand at the right. */
  readonly numeric?: boolean;
  /** Shown only where there is room. */
  readonly wideOnly?: boolean;
  /** For screen readers, where the title is short. */
  readonly spoken?: string;
}

export interface Sort {
  readonly column: string;
  readonly ascending: boolean;
}

interface TableProps {
  /** Says what is in it. */
  readonly label: string;
  readonly columns: readonly TableColumn[];
  /** Rows made of `<tr>` and `<Cell>`. */
  readonly children: ReactNode;
  /** The last row, which sums up. */
  readonly foot?: ReactNode;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
}

/** A title of so many letters stays on one line; a longer one may break anywhere, or it would push the table wide. */
const UNBROKEN_LETTERS = 6;

/** Its header stays in sight; a column whose title is a button can be sorted by. */
export function Table({ label, columns, children, foot, sort, onSort }: TableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={cellClass(column)}
              style={
                column.numeric && column.title.length <= UNBROKEN_LETTERS
                  ? { minWidth: `calc(${column.title.length}ch + 8px)` }
                  : undefined
              }
              aria-sort={ariaSort(column.id, sort)}
            >
              {onSort ? (
                <button
                  type="button"
                  className={styles.sort}
                  title={column.spoken}
                  onClick={() => onSort(nextSort(column, sort))}
                >
                  {sort?.column === column.id && <SortIcon ascending={sort.ascending} />}
                  {column.title}
                  {column.spoken && <span className="sr-only">: {column.spoken}</span>}
                </button>
              ) : (
                <>
                  {column.spoken ? <span className="sr-only">{column.spoken}</span> : null}
                  <span aria-hidden={column.spoken ? true : undefined}>{column.title}</span>
                </>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
      {foot && <tfoot>{foot}</tfoot>}
    </table>
  );
}

interface CellProps {
  readonly numeric?: boolean;
  readonly wideOnly?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Cell({ numeric, wideOnly, className, children }: CellProps) {
  return <td className={classNames(cellClass({ numeric, wideOnly }), className)}>{children}</td>;
}

/** The cell that names its row. */
export function HeadCell({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <th scope="row" className={classNames(styles.rowHead, className)}>
      {children}
    </th>
  );
}

function cellClass({ numeric, wideOnly }: { numeric?: boolean; wideOnly?: boolean }): string {
  return classNames(numeric && styles.numeric, wideOnly && styles.wide);
}

function ariaSort(column: string, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (sort?.column !== column) return undefined;
  return sort.ascending ? 'ascending' : 'descending';
}

/** Figures begin with the largest, names with A; the second press turns that round. */
function nextSort(column: TableColumn, sort: Sort | undefined): Sort {
  if (sort?.column === column.id) return { column: column.id, ascending: !sort.ascending };
  return { column: column.id, ascending: !column.numeric };
}
