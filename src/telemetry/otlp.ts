import type { Agent } from 'node:http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type IMetricReader, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createConnectorAgent } from '../net/connector-agent.js';
import { createUpstream } from '../net/upstream.js';
import type { Statement } from '../words/index.js';
import { createExportHealth, type ExportHealth } from './export-health.js';
import type { OtlpTarget } from './otlp-target.js';

/** Spans that wait or are on their way; beyond this they are dropped, since memory must not grow without end. */
const MAX_SPANS = 2048;
const MAX_BATCH_SPANS = 512;
/** Of one export with its retries. Their timers can't be stopped: a process that ends waits for them, so it is short. */
const EXPORT_TIMEOUT_MS = 3000;

export interface OtlpTimes {
  /** How often metrics are sent, in milliseconds. */
  readonly metricsEveryMs: number;
  /** How long a span waits for others, in milliseconds. */
  readonly spansAfterMs: number;
}

export const OTLP_TIMES: OtlpTimes = { metricsEveryMs: 60_000, spansAfterMs: 5000 };

/** The two ways out to a collector, for the SDK's providers to own; both are flushed and shut by them. */
export interface Otlp {
  readonly reader: IMetricReader;
  readonly spans: SpanProcessor;
  readonly droppedSpans: number;
  /** After the providers are shut: ends connections and says what was lost. */
  close(): void;
}

/**
 * Exports as OTLP over HTTP in JSON. Headers (keys) and compression are read from the environment by the exporters
 * themselves. Connections go as those to MeshAgent do: through corporate proxies, with the system's certificates.
 */
export function createOtlp(target: OtlpTarget, onProblem: (problem: Statement) => void, times: OtlpTimes): Otlp {
  const agents = new Map<string, Agent>();
  const options = (url: string) => ({
    url,
    timeoutMillis: EXPORT_TIMEOUT_MS,
    httpAgentOptions: (): Agent => {
      const agent = agents.get(url) ?? agentFor(url);
      agents.set(url, agent);
      return agent;
    },
  });
  const metricsHealth = createExportHealth('metrics', target.metricsUrl, onProblem);
  const spansHealth = createExportHealth('spans', target.tracesUrl, onProblem);
  const spans = createSpanQueue(new OTLPTraceExporter(options(target.tracesUrl)), spansHealth, times.spansAfterMs);
  return {
    reader: new PeriodicExportingMetricReader({
      exporter: watched(new OTLPMetricExporter(options(target.metricsUrl)), metricsHealth, () => 0),
      exportIntervalMillis: times.metricsEveryMs,
      exportTimeoutMillis: Math.min(EXPORT_TIMEOUT_MS, times.metricsEveryMs),
    }),
    spans,
    get droppedSpans() {
      return spansHealth.lost;
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      spansHealth.close(spans.pending);
    },
  };
}

function agentFor(url: string): Agent {
  const { origin, protocol } = new URL(url);
  return createConnectorAgent(createUpstream(origin).connect, protocol === 'https:');
}

/** The SDK's batches behind a count of our own, since the SDK drops what is too much without a word. */
function createSpanQueue(
  exporter: SpanExporter,
  health: ExportHealth,
  delayMs: number,
): SpanProcessor & { readonly pending: number } {
  let pending = 0;
  const counted = watched(exporter, health, (batch) => {
    pending -= batch.length;
    return batch.length;
  });
  const batches = new BatchSpanProcessor(counted, {
    maxQueueSize: MAX_SPANS,
    maxExportBatchSize: MAX_BATCH_SPANS,
    scheduledDelayMillis: delayMs,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS * 2,
  });
  return {
    get pending() {
      return pending;
    },
    onStart() {},
    onEnd(span) {
      if (pending >= MAX_SPANS) {
        health.overflowed();
        return;
      }
      pending += 1;
      batches.onEnd(span);
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}

/** The exporter, with what became of each export told to its health; `settle` gives what a failed one loses. */
function watched<E extends SpanExporter | PushMetricExporter, B = Parameters<E['export']>[0]>(
  exporter: E,
  health: ExportHealth,
  settle: (batch: B) => number,
): E {
  const send = exporter.export.bind(exporter) as (batch: B, done: (result: ExportResult) => void) => void;
  exporter.export = ((batch: B, done: (result: ExportResult) => void) => {
    send(batch, (result) => {
      const items = settle(batch);
      if (result.error === undefined && result.code === 0) health.succeeded();
      else health.failed(result.error, items);
      done(result);
    });
  }) as E['export'];
  return exporter;
}

/** As @opentelemetry/core has it: code 0 is success. */
interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}
