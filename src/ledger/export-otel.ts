import type { PricedExchange } from '../shared/usage.js';
import { exportedAttributes, spanNameOf } from './otel-attributes.js';

/**
 * One exchange as a span in JSON, under the names of OpenTelemetry's GenAI conventions
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/); what they have no name for is under `meshbar.`.
 * Money is in USD. Unknown is left out.
 */
export function otelLine(exchange: PricedExchange): string {
  const { startedAt, durationMs, outcome } = exchange;
  return JSON.stringify({
    name: spanNameOf(exchange),
    kind: 'CLIENT',
    startTime: new Date(startedAt).toISOString(),
    endTime: new Date(startedAt + durationMs).toISOString(),
    status: { code: outcome === 'complete' ? 'UNSET' : 'ERROR', message: exchange.errorReason },
    attributes: exportedAttributes(exchange),
  });
}
