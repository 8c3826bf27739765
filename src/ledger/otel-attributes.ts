import type { Attributes, AttributeValue } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
} from '@opentelemetry/semantic-conventions/incubating';
import { meteredEndpointOf, providerOf } from '../providers/registry.js';
import { COLUMN_NAMES, columnOf, readerOf } from '../shared/column-values.js';
import { type ColumnName, PRICING_COLUMNS, RECORD_COLUMNS } from '../shared/columns.js';
import { NANO_PER_USD } from '../shared/money.js';
import type { ExchangeRecord, PricedExchange } from '../shared/usage.js';

const ATTR_TOOL = RECORD_COLUMNS.tool.otel;
export const ATTR_OUTCOME = RECORD_COLUMNS.outcome.otel;
export const ATTR_STANDING = PRICING_COLUMNS.standing.otel.name;
export const ATTR_COST_PART = 'meshbar.cost.part';

const NAME_LIMIT = 100;

/** `gen_ai.operation.name`: a closed set, whatever a client asks for. */
function operationOf({ providerName, path }: Pick<ExchangeRecord, 'providerName' | 'path'>): string {
  return meteredEndpointOf(providerName, path).operation;
}

/** What every figure and span of an exchange is kept apart by. Models and tools are names that a client chooses. */
export function exchangeAttributes(record: ExchangeRecord): Attributes {
  return {
    [ATTR_GEN_AI_OPERATION_NAME]: operationOf(record),
    [ATTR_GEN_AI_PROVIDER_NAME]: providerOf(record.providerName).otelName,
    ...named(ATTR_GEN_AI_REQUEST_MODEL, record.requestModel),
    ...named(ATTR_GEN_AI_RESPONSE_MODEL, record.responseModel),
    [ATTR_TOOL]: printable(record.tool),
  };
}

interface Attribute {
  readonly key: string;
  /** In spans that leave the machine, too. */
  readonly isSent: boolean;
  readonly read: (exchange: PricedExchange) => AttributeValue | undefined;
}

const ATTRIBUTES: readonly Attribute[] = COLUMN_NAMES.flatMap((name) => {
  const { otel } = columnOf(name);
  if (typeof otel === 'string') return { key: otel, isSent: true, read: valueReaderOf(name) };
  return 'not' in otel ? [] : { key: otel.name, isSent: false, read: valueReaderOf(name) };
});
const SENT = ATTRIBUTES.filter(({ isSent }) => isSent);

/** The conventions count times in seconds; money is in USD. */
function valueReaderOf(name: ColumnName): Attribute['read'] {
  const read = readerOf(name);
  const { unit, type } = columnOf(name);
  const divisor = unit === 'ms' ? 1000 : unit === 'nanoUsd' ? NANO_PER_USD : 1;
  return (exchange) => {
    const value = read(exchange);
    if (typeof value === 'number') return value / divisor;
    return type === 'text' && typeof value === 'string' ? withoutControls(value) : (value as boolean | undefined);
  };
}

/** What a span that leaves the machine says of an exchange that has ended; unknown is left out. */
export function sentAttributes(record: ExchangeRecord): Attributes {
  return { ...attributesOf(SENT, record as PricedExchange), ...exchangeAttributes(record) };
}

/** What an exported span says of an exchange. */
export function exportedAttributes(exchange: PricedExchange): Attributes {
  return { ...attributesOf(ATTRIBUTES, exchange), ...exchangeAttributes(exchange) };
}

function attributesOf(attributes: readonly Attribute[], exchange: PricedExchange): Attributes {
  return Object.fromEntries(
    attributes.map(({ key, read }) => [key, read(exchange)]).filter(([, value]) => value !== undefined),
  );
}

/** "chat gpt-5.4". */
export function spanNameOf(record: ExchangeRecord): string {
  const model = record.requestModel ?? record.responseModel;
  return model === undefined ? operationOf(record) : `${operationOf(record)} ${printable(model)}`;
}

function named(key: string, name: string | undefined): Attributes {
  return name === undefined ? {} : { [key]: printable(name) };
}

/** Of bounded length besides: metrics keep a series for each name. */
function printable(name: string): string {
  return withoutControls(name).slice(0, NAME_LIMIT);
}

/** Nothing in it that a terminal or a dashboard would act on. */
function withoutControls(text: string): string {
  return text.replace(/\p{C}/gu, '');
}
