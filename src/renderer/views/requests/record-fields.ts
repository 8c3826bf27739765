import { COLUMN_NAMES, type ColumnValue, columnOf, readerOf } from '../../../shared/column-values.js';

import {
  type Column,
  type ColumnName,
  DETAIL_PARTS,
  type DetailPart,
  MISSING_PRICES,
  USAGE_GAPS,
} from '../../../shared/columns.js';

import { NANO_PER_USD } from '../../../shared/money.js';

import { PROVIDERS } from '../../../shared/providers.js';
import type { PricedExchange, RawUsage } from '../../../shared/usage.js';
import { formatDuration, formatNumber, UNKNOWN } from '../../../words/format.js';
import { t } from '../../../words/index.js';

/** Every column of a record that is shown, in words and in the order a person asks for them. Pure. */

interface Field {
  readonly label: string;
  readonly value: string;
  /** Part of the count above it, and already contained there. */
  readonly of?: boolean;
  /** An id, a path, a name: set in monospace. */
  readonly code?: boolean;
}

export interface FieldGroup {
  readonly title: string;
  /** Labels are names of the provider's, not words. */
  readonly isRaw?: boolean;
  readonly fields: readonly Field[];
}

/** Shows nano-USD, all digits that matter. */
type Money = (nanoUsd: number) => string;

/** Columns with a row in the details, which therefore have a name in words. */
type ShownName = Extract<Parameters<typeof t>[0], `columns.${string}`> extends `columns.${infer Name}` ? Name : never;

const ROWS = DETAIL_PARTS.map((part) => ({
  part,
  names: COLUMN_NAMES.filter((name) => columnOf(name).detail === part) as readonly (ShownName & ColumnName)[],
}));

const CODE: ReadonlySet<ColumnName> = new Set([
  'errorType',
  'requestModel',
  'responseModel',
  'path',
  'projectId',
  'keyId',
  'id',
  'priceListVersion',
]);

/** Rows that say another thing than their value, or aren't always there: undefined, no row. */
const SAID: { readonly [Name in ColumnName]?: (record: PricedExchange, value: string) => string | undefined } = {
  inputTokens: (_record, value) => value,
  outputTokens: (_record, value) => value,
  usageStanding: ({ usageStanding }) => t(`app.request.standing.${usageStanding}`),
  outcome: ({ outcome }) => t(`app.request.outcome.${outcome}`),
  errorReason: ({ errorReason }) => errorReason,
  errorType: ({ errorType }) => errorType,
  usageGaps: ({ usageGaps }) => eachIn(usageGaps, USAGE_GAPS, (gap) => t(`app.request.gap.${gap}`)),
  missingPrices: ({ cost }) =>
    eachIn(cost?.missingPrices, MISSING_PRICES, (missing) => t(`app.request.missing.${missing}`)),
  listNanoUsd: ({ cost }, value) => (cost?.listNanoUsd === undefined ? undefined : value.replace('≥ ', '')),
  possibleNanoUsd: ({ possibleNanoUsd }, value) => (possibleNanoUsd === undefined ? undefined : value),
  sentTwice({ sentTwice, standing }) {
    if (!sentTwice) return undefined;
    return t(standing === 'billed' ? 'app.request.billedForBoth' : 'app.request.maybeBilledTwice');
  },
  status: ({ status }) => status?.toString() ?? t('app.request.clientLeftFirst', { unknown: UNKNOWN }),
  providerName: ({ providerName }) => PROVIDERS[providerName].title,
  path: ({ method, path }) => `${method} ${path}`,
  transport: ({ transport }) => t(`app.request.transport.${transport}`),
  keyId: ({ keyId }) => keyId ?? t('app.request.sharedKey'),
  labelled: ({ labelled }, value) => (labelled ? value : undefined),
  priceListVersion: ({ standing }, value) => (standing === 'billed' ? undefined : value),
  standing({ standing, usageStanding }) {
    return standing === usageStanding ? undefined : t(`app.request.standing.${standing}`);
  },
};

/** Words of a closed set, in people's; one that a newer Meshbar wrote as it is. Undefined where there are none. */
function eachIn<Word extends string>(words: string | undefined, known: readonly Word[], say: (word: Word) => string) {
  const said = words
    ?.split(' ')
    .map((word) => ((known as readonly string[]).includes(word) ? say(word as Word) : word));
  return said?.join(', ');
}

/** `money` shows nano-USD, all digits that matter. */
export function fieldsOf(record: PricedExchange, money: Money): readonly FieldGroup[] {
  return ROWS.flatMap(({ part, names }): FieldGroup[] => {
    if (part === 'raw')
      return names.flatMap((name) => rawGroup(t(`columns.${name}`), record[name as 'rawUsage' | 'usageByModel']));
    return [{ title: titleOf(part, record), fields: names.flatMap((name) => rows(name, record, money)) }];
  });
}

function titleOf(part: Exclude<DetailPart, 'raw'>, { standing }: PricedExchange): string {
  if (part !== 'cost') return t(`app.request.${part}`);
  return t(standing === 'billed' ? 'app.request.costBilled' : 'app.request.costEstimated');
}

function rows(name: ShownName & ColumnName, record: PricedExchange, money: Money): Field[] {
  const column = columnOf(name);
  const shown = (value: ColumnValue) => textOf(value, column, record, money);
  const value = readerOf(name)(record);
  const say = SAID[name];
  const said = say
    ? say(record, shown(value))
    : column.detail === 'tokens' && value === undefined
      ? undefined
      : shown(value);
  if (said === undefined) return [];
  const row: Field = {
    label: t(`columns.${name}`),
    value: said,
    ...(column.partOf === undefined ? {} : { of: true }),
    ...(CODE.has(name) ? { code: true } : {}),
  };
  if (name !== 'surchargeNanoUsd') return [row];
  const { cost } = record;
  return [row, { label: t('app.request.total'), value: shown(cost && cost.costNanoUsd + cost.surchargeNanoUsd) }];
}

function textOf(value: ColumnValue, { type, unit }: Column, { standing }: PricedExchange, money: Money): string {
  if (type === 'flag') return t(value ? 'app.request.yes' : 'app.request.no');
  if (typeof value !== 'number') return value === undefined ? UNKNOWN : String(value);
  if (unit === 'nanoUsd') return (standing === 'partial' ? '≥ ' : '') + money(value);
  if (unit === 'unixMs') return formatExactMoment(value);
  if (unit === 'ms') return formatDuration(value);
  if (unit === 'bytes') return formatBytes(value);
  return formatNumber(value, digitsOf(value));
}

/** Seconds may have digits behind the point, of which more than three say nothing. */
function digitsOf(value: number): number {
  return String(Math.round(value * 1000) / 1000).split('.')[1]?.length ?? 0;
}

function rawGroup(title: string, raw: RawUsage | undefined): FieldGroup[] {
  return raw ? [{ title, isRaw: true, fields: rawFields(raw) }] : [];
}

/** Nested objects by their path: "input_tokens_details.cached_tokens". */
function rawFields(raw: RawUsage, prefix = ''): Field[] {
  return Object.entries(raw).flatMap(([name, value]) =>
    typeof value === 'number'
      ? [{ label: prefix + name, value: formatNumber(value, digitsOf(value)), code: true }]
      : rawFields(value, `${prefix}${name}.`),
  );
}

/** 2026-09-21 14:32:08.123, local time. */
export function formatExactMoment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** 950 B, 48.1 kB, 1.9 MB: thousands, as transfers are counted. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** $0.00412345: nano-USD without digits that are noise. */
export function formatExactUsd(nanoUsd: number): string {
  const text = (nanoUsd / NANO_PER_USD).toFixed(9).replace(/0+$/, '');
  const [whole, digits = ''] = text.split('.');
  return `$${whole}.${digits.padEnd(2, '0')}`;
}
