import { ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { sentAttributes, spanNameOf } from '../ledger/otel-attributes.js';
import type { ExchangeRecord } from '../shared/usage.js';

/**
 * Writes an exchange that has ended as one span, with the record's times: what a client of GenAI would have traced
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/). No prompt, answer, header, key or query is in it,
 * nor the reason of a failure, which may be in a provider's words.
 */
export function traceExchange(tracer: Tracer, record: ExchangeRecord, parent: SpanContext | undefined): void {
  const { errorType, startedAt, durationMs } = record;
  const span = tracer.startSpan(
    spanNameOf(record),
    {
      kind: SpanKind.CLIENT,
      startTime: startedAt,
      attributes: sentAttributes(record),
    },
    parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
  );
  if (errorType !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(startedAt + durationMs);
}
