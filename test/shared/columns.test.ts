/** The one list of columns, held to everything that is made of it: each column is there, or the list says why not. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { expect, onTestFinished, test } from 'vitest';
import { exportText } from '../../src/ledger/export-records.js';
import { groupsToCsv, groupsToJson } from '../../src/ledger/export-totals.js';
import { sentAttributes } from '../../src/ledger/otel-attributes.js';
import { openStore } from '../../src/ledger/store.js';
import { providerOf } from '../../src/providers/registry.js';
import { fieldsOf } from '../../src/renderer/views/requests/record-fields.js';
import { COLUMN_NAMES, columnOf, readerOf } from '../../src/shared/column-values.js';
import { COUNT_PLACES, type ColumnName, STANDING_PLACES } from '../../src/shared/columns.js';
import { addExchanges, EMPTY_TOTALS, SUMMED } from '../../src/shared/totals.js';
import type { Cost, PricedExchange } from '../../src/shared/usage.js';
import { everyColumn } from '../helpers/every-column.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';

const exchange = everyColumn();
const summed = COLUMN_NAMES.filter((name) => columnOf(name).summed !== undefined);
const inSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const usd = (nanoUsd: unknown) => (Number(nanoUsd) / 1e9).toFixed(9);

/** A cell of CSV for a value: times in ISO 8601, money in dollars. */
function cellFor(value: unknown, unit: string | undefined): string {
  if (unit === 'unixMs') return new Date(Number(value)).toISOString();
  return unit === 'nanoUsd' ? usd(value) : String(value);
}

test('what is left out somewhere says why', () => {
  for (const name of COLUMN_NAMES) {
    const { csv, detail, otel } = columnOf(name);
    for (const place of [csv, detail, otel]) {
      if (typeof place === 'object' && 'not' in place) expect(place.not, name).toMatch(/^[A-Z].{20,}\.$/);
      if (typeof place === 'object' && 'notSent' in place) expect(place.notSent, name).toMatch(/^[A-Z].{20,}\.$/);
    }
  }
});

test.each(COLUMN_NAMES)('%s is in the CSV of records', (name) => {
  const { csv, unit } = columnOf(name);
  if ('not' in csv) return;
  const [head = '', line = ''] = [...exportText([exchange], 'csv')].join('').split('\r\n');
  const [place, title] = csv;
  expect(head.split(',')[place - 1]).toBe(title);
  expect(line.split(',')[place - 1]).toBe(cellFor(readerOf(name)(exchange), unit));
});

test('the columns of both CSVs are where scripts look for them, and have no gaps', () => {
  const places = COLUMN_NAMES.flatMap((name) => {
    const { csv } = columnOf(name);
    return 'not' in csv ? [] : [csv[0]];
  });
  expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i + 1));
  const records = [...exportText([], 'csv')].join('');
  expect(records).toMatch(
    /^id,started_at,provider_name,key_id,project_id,tool,tool_version,method,path,transport,streaming,status,outcome,sent_twice,error_type,request_model,response_model,service_tier,inference_geo,standing,input_tokens,cache_read_input_tokens,cache_creation_input_tokens,output_tokens,reasoning_output_tokens,input_characters,audio_seconds,images,web_searches,cost_usd,surcharge_usd,price_list_version,time_to_first_chunk_ms,duration_ms,request_bytes,response_bytes,error_reason,/,
  );
  const sums = [
    ...Object.values(COUNT_PLACES),
    ...Object.values(STANDING_PLACES),
    ...summed.map((name) => Number(columnOf(name).summed)),
  ];
  expect([1, 2, ...sums.toSorted((a, b) => a - b)]).toEqual([1, 2, ...sums].map((_, i) => i + 1));
  expect(groupsToCsv([])).toMatch(
    /^key,provider_name,exchanges,failed,interrupted,input_tokens,cache_read_input_tokens,cache_creation_input_tokens,output_tokens,reasoning_output_tokens,cost_usd,surcharge_usd,measured,billed,partial,unpriced,unmetered,none/,
  );
});

test.each(COLUMN_NAMES)('%s is in JSON Lines under its name', (name) => {
  const parsed = JSON.parse([...exportText([exchange], 'jsonl')].join(''));
  expect(readerOf(name)(parsed)).toEqual(readerOf(name)(exchange));
});

test.each(COLUMN_NAMES)('%s is an attribute of spans', (name) => {
  const { otel, unit } = columnOf(name);
  if (typeof otel === 'object' && 'not' in otel) return;
  const key = typeof otel === 'string' ? otel : otel.name;
  const exported = JSON.parse([...exportText([exchange], 'otel')].join('')).attributes;
  // The conventions have names of their own for providers.
  const value = name === 'providerName' ? providerOf(exchange.providerName).otelName : readerOf(name)(exchange);
  const divisor = unit === 'ms' ? 1000 : unit === 'nanoUsd' ? 1e9 : 1;
  expect(exported[key]).toEqual(typeof value === 'number' ? value / divisor : value);
  expect(sentAttributes(exchange)[key]).toEqual(typeof otel === 'string' ? exported[key] : undefined);
  const known = new Set<unknown>(Object.values(conventions));
  if (!key.startsWith('meshbar.')) expect(known).toContain(key);
});

/** The exchange with another value in one column, or none where any would do. */
function without(name: ColumnName): PricedExchange {
  const other = columnOf(name).values?.find((value) => value !== readerOf(name)(exchange));
  const changed = structuredClone(exchange);
  for (const part of [changed, changed.usage, changed.cost] as Record<string, unknown>[]) {
    if (name in part) part[name] = other;
  }
  return changed;
}

test.each(COLUMN_NAMES)('%s has a row in the details of a request', (name) => {
  if (typeof columnOf(name).detail === 'object') return;
  expect(fieldsOf(without(name), String)).not.toEqual(fieldsOf(exchange, String));
});

test('the ledger’s table has the columns of the list, with their types, and no others', () => {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  openStore(file, { onSetAside() {}, onProblem() {} }).close();
  const db = new DatabaseSync(file);
  onTestFinished(() => db.close());
  const columnsOf = (table: string) =>
    Object.fromEntries(
      (
        db.prepare('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)').all(table) as {
          name: string;
          type: string;
          required: number;
        }[]
      ).map(({ name, type, required }) => [name, required ? `${type} NOT NULL` : type]),
    );
  const listed = COLUMN_NAMES.flatMap((name) => {
    const { sql } = columnOf(name);
    return sql === undefined ? [] : [[inSnakeCase(name), sql]];
  });
  const own = { seq: 'INTEGER', model: 'TEXT NOT NULL', record: 'TEXT NOT NULL' };
  expect(columnsOf('exchanges')).toEqual({ ...own, ...Object.fromEntries(listed) });
  const keys = COLUMN_NAMES.filter((name) => columnOf(name).groups).map(inSnakeCase);
  const figures = [
    ...Object.keys(COUNT_PLACES),
    ...summed.map(inSnakeCase),
    ...Object.keys(STANDING_PLACES).map((name) => `standing_${name}`),
  ];
  for (const [table, start] of [
    ['rollups', 'bucket'],
    ['day_rollups', 'starts'],
  ] as const) {
    expect(Object.keys(columnsOf(table)).sort()).toEqual([start, 'model', ...keys, ...figures].sort());
  }
});

test('a record comes back from the ledger whole', () => {
  const store = openStore(path.join(tempFolder(), 'ledger.sqlite'), { onSetAside() {}, onProblem() {} });
  onTestFinished(() => store.close());
  const { cost, standing, ...record } = exchange;
  const [pricing] = store.append([record]);
  expect(store.latest({ limit: 1 })).toEqual([{ ...record, ...pricing }]);
});

test.each(SUMMED)('%s is summed, in the ledger, in memory and in exports', (name) => {
  const value = readerOf(name)(exchange);
  const totals = addExchanges(EMPTY_TOTALS, [exchange, exchange]);
  expect(totals[name]).toBe(2 * Number(value));
  const group = { ...totals, key: 'all' };
  expect(groupsToJson([group])).toMatchObject([{ [name]: 2 * Number(value) }]);
  const [head = '', line = ''] = groupsToCsv([group]).split('\r\n');
  const { csv, unit, summed: place = 0 } = columnOf(name);
  expect(head.split(',')[place - 1]).toBe('not' in csv ? undefined : csv[1]);
  expect(line.split(',')[place - 1]).toBe(cellFor(2 * Number(value), unit));
  const store = openStore(path.join(tempFolder(), 'ledger.sqlite'), { onSetAside() {}, onProblem() {} });
  onTestFinished(() => store.close());
  const { cost, standing: _standing, possibleNanoUsd: _possible, ...record } = exchange;
  if (name === 'possibleNanoUsd') {
    // What it costs if it is billed is in the totals until a bill says.
    const [pricing] = store.append([exchangeRecord(2, { id: record.id, labelled: true, usageStanding: 'refused' })]);
    expect([pricing?.standing, store.totals({})[name]]).toEqual(['refused', pricing?.possibleNanoUsd]);
    expect(pricing?.possibleNanoUsd).toBeGreaterThan(0);
    store.settle({ label: record.id, ...(cost as Cost) }, { dryRun: false });
    expect(store.totals({})).toMatchObject({ [name]: 0, costNanoUsd: cost?.costNanoUsd });
    return;
  }
  store.append([{ ...record, usageStanding: 'partial' }]);
  // Nobody has a price for the model: what it costs is what a bill says.
  store.settle({ label: record.id, ...(cost as Cost) }, { dryRun: false });
  expect(store.totals({})[name]).toBe(value);
});
