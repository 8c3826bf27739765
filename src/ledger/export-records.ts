import { COLUMN_NAMES, type ColumnValue, columnOf, readerOf } from '../shared/column-values.js';
import type { ColumnName } from '../shared/columns.js';
import type { PricedExchange, RawUsage } from '../shared/usage.js';
import { csvCell, csvLine, csvUsd } from './csv.js';
import type { ExportFormat } from './export-formats.js';
import { otelLine } from './export-otel.js';

/** Single records as text, a line each. What is unknown is empty in CSV and null or left out in JSON: never 0. */

interface LineFormat {
  /** What is above the lines. */
  readonly head: string;
  line(record: PricedExchange): string;
}

const COLUMNS = COLUMN_NAMES.flatMap((name) => {
  const { csv } = columnOf(name);
  return 'not' in csv ? [] : [{ place: csv[0], name: csv[1], cell: cellReaderOf(name) }];
}).sort((a, b) => a.place - b.place);

function cellReaderOf(name: ColumnName): (record: PricedExchange) => string {
  const read = readerOf(name);
  const { unit, type } = columnOf(name);
  if (unit === 'nanoUsd') return (record) => csvUsd(read(record) as number | undefined);
  if (unit === 'unixMs') return (record) => new Date(read(record) as number).toISOString();
  if (type === 'flag') return (record) => csvCell(read(record) === true);
  return (record) => csvCell(read(record) as Exclude<ColumnValue, RawUsage>);
}

const FORMATS: Readonly<Record<ExportFormat, LineFormat>> = {
  csv: {
    head: csvLine(COLUMNS.map(({ name }) => name)),
    line: (record) => csvLine(COLUMNS.map(({ cell }) => cell(record))),
  },
  jsonl: { head: '', line: (record) => `${JSON.stringify({ ...record, cost: record.cost ?? null })}\n` },
  otel: { head: '', line: (record) => `${otelLine(record)}\n` },
};

/** Head and lines of an export, piece by piece as the records come. */
export function* exportText(records: Iterable<PricedExchange>, format: ExportFormat): Generator<string> {
  const { head, line } = FORMATS[format];
  if (head !== '') yield head;
  for (const record of records) yield line(record);
}
