import type { Attributes, Meter } from '@opentelemetry/api';
import { AggregationType, type ViewOptions } from '@opentelemetry/sdk-metrics';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_TOKEN_TYPE,
  GEN_AI_TOKEN_TYPE_VALUE_INPUT,
  GEN_AI_TOKEN_TYPE_VALUE_OUTPUT,
  METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
  METRIC_GEN_AI_CLIENT_TOKEN_USAGE,
  METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN,
} from '@opentelemetry/semantic-conventions/incubating';
import { ATTR_COST_PART, ATTR_OUTCOME, ATTR_STANDING, exchangeAttributes } from '../ledger/otel-attributes.js';
import { ALL_PROVIDERS } from '../providers/registry.js';
import { NANO_PER_USD } from '../shared/money.js';
import type { ActiveExchange, ExchangeRecord, PricedExchange } from '../shared/usage.js';

/** The conventions' own: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ */
const HISTOGRAMS: Readonly<Record<string, number[]>> = {
  [METRIC_GEN_AI_CLIENT_TOKEN_USAGE]: powersOf(4, 1, 14),
  [METRIC_GEN_AI_CLIENT_OPERATION_DURATION]: powersOf(2, 0.01, 14),
  [METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN]: [
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ],
};

const EXCHANGES = 'meshbar.exchanges';
const ACTIVE = 'meshbar.exchanges.active';
const UNPRICED = 'meshbar.exchanges.unpriced';
const COST = 'meshbar.cost.estimated_usd';
const DROPPED_SPANS = 'meshbar.otlp.spans.dropped';

/**
 * Each instrument keeps so many series; what comes beyond counts in one more, with `otel.metric.overflow`. Names of
 * models and tools come from clients: without a limit one of them could fill memory, or a Prometheus elsewhere.
 */
const SERIES_LIMIT = 500;

export const METRIC_VIEWS: readonly ViewOptions[] = [
  ...Object.entries(HISTOGRAMS).map(([instrumentName, boundaries]) => ({
    instrumentName,
    aggregationCardinalityLimit: SERIES_LIMIT,
    aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries } } as const,
  })),
  ...[EXCHANGES, ACTIVE, UNPRICED, COST, DROPPED_SPANS].map((instrumentName) => ({
    instrumentName,
    aggregationCardinalityLimit: SERIES_LIMIT,
  })),
];

export interface Instruments {
  /** Counts an exchange that has ended. */
  record(record: ExchangeRecord): void;
  /** Counts what it cost, once that is known, or that it is not. */
  priced(exchange: PricedExchange): void;
}

export interface Readings {
  readonly active: () => Iterable<ActiveExchange>;
  /** Undefined where no spans are exported. */
  readonly droppedSpans: (() => number) | undefined;
}

/** Creates the instruments; what is read and not counted is asked for when somebody collects. */
export function createInstruments(meter: Meter, readings: Readings): Instruments {
  const tokens = meter.createHistogram(METRIC_GEN_AI_CLIENT_TOKEN_USAGE, {
    unit: '{token}',
    description: 'Tokens of an exchange, as the provider reported them.',
  });
  const duration = meter.createHistogram(METRIC_GEN_AI_CLIENT_OPERATION_DURATION, {
    unit: 's',
    description: "From the request's head to the end of the answer.",
  });
  const firstToken = meter.createHistogram(METRIC_GEN_AI_SERVER_TIME_TO_FIRST_TOKEN, {
    unit: 's',
    description: "From the request's head to the first byte of a streamed answer.",
  });
  const exchanges = meter.createCounter(EXCHANGES, { unit: '{exchange}', description: 'Exchanges that have ended.' });
  const unpriced = meter.createCounter(UNPRICED, {
    unit: '{exchange}',
    description: 'Exchanges that may have cost something, nobody knows what.',
  });
  const cost = meter.createCounter(COST, {
    unit: 'USD',
    description: 'Estimate at list price. Exchanges without a known price are not in it.',
  });
  meter
    .createObservableUpDownCounter(ACTIVE, { unit: '{exchange}', description: 'Exchanges under way.' })
    .addCallback((result) => {
      const all = [...readings.active()];
      for (const { name, otelName } of ALL_PROVIDERS) {
        const count = all.filter(({ providerName }) => providerName === name).length;
        result.observe(count, { [ATTR_GEN_AI_PROVIDER_NAME]: otelName });
      }
    });
  const { droppedSpans } = readings;
  if (droppedSpans) {
    meter
      .createObservableCounter(DROPPED_SPANS, { unit: '{span}', description: 'Spans that no collector took.' })
      .addCallback((result) => result.observe(droppedSpans()));
  }

  return {
    record(record) {
      const { usage, errorType, outcome, timeToFirstChunkMs } = record;
      const attributes = exchangeAttributes(record);
      const failed: Attributes = errorType === undefined ? attributes : { ...attributes, [ATTR_ERROR_TYPE]: errorType };
      const countTokens = (type: string, count: number | undefined) => {
        if (count !== undefined) tokens.record(count, { ...attributes, [ATTR_GEN_AI_TOKEN_TYPE]: type });
      };
      countTokens(GEN_AI_TOKEN_TYPE_VALUE_INPUT, usage?.inputTokens);
      countTokens(GEN_AI_TOKEN_TYPE_VALUE_OUTPUT, usage?.outputTokens);
      duration.record(record.durationMs / 1000, failed);
      if (record.streaming && outcome !== 'failed' && timeToFirstChunkMs !== undefined) {
        firstToken.record(timeToFirstChunkMs / 1000, attributes);
      }
      exchanges.add(1, { ...failed, [ATTR_OUTCOME]: outcome });
    },
    priced(exchange) {
      const { standing } = exchange;
      const attributes = { ...exchangeAttributes(exchange), [ATTR_STANDING]: standing };
      if (exchange.cost) {
        const { costNanoUsd, surchargeNanoUsd } = exchange.cost;
        cost.add(costNanoUsd / NANO_PER_USD, { ...attributes, [ATTR_COST_PART]: 'usage' });
        cost.add(surchargeNanoUsd / NANO_PER_USD, { ...attributes, [ATTR_COST_PART]: 'surcharge' });
      } else if (standing !== 'none') unpriced.add(1, attributes);
    },
  };
}

function powersOf(base: number, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * base ** i);
}
