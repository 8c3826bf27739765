import { randomUUID } from 'node:crypto';
import type { SpanContext } from '@opentelemetry/api';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { AlwaysOnSampler, BasicTracerProvider, ParentBasedSampler } from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { ExchangeHead } from '../shared/exchange.js';
import type { ActiveExchange, ExchangeRecord, PricedExchange } from '../shared/usage.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { createInstruments, METRIC_VIEWS } from './instruments.js';
import { createOtlp, OTLP_TIMES, type OtlpTimes } from './otlp.js';
import type { OtlpTarget } from './otlp-target.js';
import { ScrapeReader } from './scrape.js';
import { traceExchange } from './spans.js';
import { parseTraceparent } from './traceparent.js';

/** What the last exports may take when Meshbar stops: their own time limit, and a little. */
const FLUSH_MS = 3500;
const SCOPE = 'meshbar';

export interface TelemetryOptions {
  readonly version: string;
  /** Whether somebody may scrape. */
  readonly metrics: boolean;
  readonly otlp?: OtlpTarget | undefined;
  readonly active: () => Iterable<ActiveExchange>;
  /** Told, in one sentence without secrets, what went wrong; never an exchange's fault. */
  readonly onProblem: (problem: Statement) => void;
  readonly times?: OtlpTimes;
}

/** Counts and traces exchanges that have ended. Nothing here throws or waits for anyone. */
export interface Telemetry {
  record(record: ExchangeRecord, head: ExchangeHead): void;
  /** The same exchanges again, once their price is known. */
  priced(exchanges: readonly PricedExchange[]): void;
  /** Prometheus' text format 0.0.4; undefined where nobody may scrape. */
  readonly scrape: (() => Promise<string>) | undefined;
  /** Sends what is left, within 3.5 s. */
  close(): Promise<void>;
}

/** The only file that OpenTelemetry's code is loaded with: to be imported only where somebody switched it on. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { onProblem } = options;
  const otlp = options.otlp && createOtlp(options.otlp, onProblem, options.times ?? OTLP_TIMES);
  const scraper = options.metrics ? new ScrapeReader() : undefined;
  const own = resourceFromAttributes({
    [ATTR_SERVICE_NAME]: 'meshbar',
    [ATTR_SERVICE_VERSION]: options.version,
    // Two Meshbars that send to one collector must not be taken for one.
    [ATTR_SERVICE_INSTANCE_ID]: randomUUID(),
  });
  const resource = otlp ? own.merge(detectResources({ detectors: [envDetector] })) : own;
  const metrics = new MeterProvider({
    resource,
    views: [...METRIC_VIEWS],
    readers: [scraper, otlp?.reader].filter((reader) => reader !== undefined),
  });
  const instruments = createInstruments(metrics.getMeter(SCOPE, options.version), {
    active: options.active,
    droppedSpans: otlp && (() => otlp.droppedSpans),
  });
  const traces =
    otlp &&
    new BasicTracerProvider({
      resource,
      // A client that traces has decided for its whole trace.
      sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
      spanProcessors: [otlp.spans],
    });
  const tracer = traces?.getTracer(SCOPE, options.version);
  let hasFailed = false;
  let closing: Promise<void> | undefined;

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (hasFailed) return;
      hasFailed = true;
      onProblem(say('telemetry.failed', { name: error instanceof Error ? error.name : 'unknown' }));
    }
  }

  async function close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, FLUSH_MS);
    });
    await Promise.race([Promise.allSettled([metrics.shutdown(), traces?.shutdown()]), patience]);
    clearTimeout(timer);
    otlp?.close();
  }

  return {
    record(record, head) {
      guarded(() => {
        instruments.record(record);
        const parent: SpanContext | undefined = parseTraceparent(head.headers.traceparent);
        if (tracer) traceExchange(tracer, record, parent);
      });
    },
    priced(exchanges) {
      guarded(() => {
        for (const exchange of exchanges) instruments.priced(exchange);
      });
    },
    scrape: scraper && (() => scraper.scrape()),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
