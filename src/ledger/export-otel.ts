import type { PricedExchange } from '../shared/usage.js';
import {
  ATTR_STANDING,
  exchangeAttributes,
  requestAttributes,
  resultAttributes,
  spanNameOf,
} from './otel-attributes.js';

/**
 * One exchange as a span in JSON, under the names of OpenTelemetry's GenAI conventions
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/); what they have no name for stands under `meshbar.`.
 * Money is in USD. Unknown is left out.
 */
export function otelLine(record: PricedExchange): string {
  const { startedAt, durationMs, cost, outcome } = record;
  return JSON.stringify({
    name: spanNameOf(record),
    kind: 'CLIENT',
    startTime: new Date(startedAt).toISOString(),
    endTime: new Date(startedAt + durationMs).toISOString(),
    status: { code: outcome === 'complete' ? 'UNSET' : 'ERROR', message: record.errorReason },
    attributes: {
      ...exchangeAttributes(record),
      ...resultAttributes(record),
      ...requestAttributes(record),
      'meshbar.exchange.id': record.id,
      'meshbar.project.id': record.projectId,
      'meshbar.key.id': record.keyId,
      'meshbar.sent_twice': record.sentTwice,
      [ATTR_STANDING]: record.standing,
      'meshbar.service_tier': record.serviceTier,
      'meshbar.inference_geo': record.inferenceGeo,
      'meshbar.cost.usd': inUsd(cost?.costNanoUsd),
      'meshbar.cost.surcharge_usd': inUsd(cost?.surchargeNanoUsd),
      'meshbar.cost.price_list': cost?.priceListVersion,
    },
  });
}

function inUsd(nanoUsd: number | undefined): number | undefined {
  return nanoUsd === undefined ? undefined : nanoUsd / 1e9;
}
