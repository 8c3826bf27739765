import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_URL_PATH,
  ATTR_USER_AGENT_VERSION,
} from '@opentelemetry/semantic-conventions/incubating';
import type { PricedExchange } from '../../shared/usage.js';

/** What a path does, in the words of the conventions where they have one. */
const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/(?:messages|chat\/completions|responses|realtime)$/, 'chat'],
  [/^\/v1\/complete$/, 'text_completion'],
  [/^\/v1\/embeddings$/, 'embeddings'],
  [/^\/v1\/(?:images\/|audio\/speech$)/, 'generate_content'],
];

/**
 * One exchange as a span in JSON, under the names of OpenTelemetry's GenAI conventions
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/); what they have no name for stands under `meshbar.`.
 * Money is in USD. Unknown is left out.
 */
export function otelLine(record: PricedExchange): string {
  const { startedAt, durationMs, usage, cost, outcome } = record;
  const operation = OPERATIONS.find(([pattern]) => pattern.test(record.path))?.[1] ?? record.path;
  return JSON.stringify({
    name: `${operation} ${record.responseModel ?? record.requestModel ?? ''}`.trim(),
    kind: 'CLIENT',
    startTime: new Date(startedAt).toISOString(),
    endTime: new Date(startedAt + durationMs).toISOString(),
    status: { code: outcome === 'complete' ? 'UNSET' : 'ERROR', message: record.errorReason },
    attributes: {
      [ATTR_GEN_AI_OPERATION_NAME]: operation,
      [ATTR_GEN_AI_PROVIDER_NAME]: record.providerName,
      [ATTR_GEN_AI_REQUEST_MODEL]: record.requestModel,
      [ATTR_GEN_AI_RESPONSE_MODEL]: record.responseModel,
      // The conventions count it in seconds.
      [ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: inSeconds(record.timeToFirstChunkMs),
      [ATTR_GEN_AI_USAGE_INPUT_TOKENS]: usage?.inputTokens,
      [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: usage?.outputTokens,
      [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: usage?.cacheReadInputTokens,
      [ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS]: usage?.cacheCreationInputTokens,
      [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: usage?.reasoningOutputTokens,
      [ATTR_HTTP_REQUEST_METHOD]: record.method,
      [ATTR_HTTP_RESPONSE_STATUS_CODE]: record.status,
      [ATTR_URL_PATH]: record.path,
      [ATTR_ERROR_TYPE]: record.errorType,
      [ATTR_USER_AGENT_VERSION]: record.toolVersion,
      'meshbar.exchange.id': record.id,
      'meshbar.tool': record.tool,
      'meshbar.project.id': record.projectId,
      'meshbar.outcome': outcome,
      'meshbar.standing': record.standing,
      'meshbar.service_tier': record.serviceTier,
      'meshbar.cost.usd': inUsd(cost?.costNanoUsd),
      'meshbar.cost.surcharge_usd': inUsd(cost?.surchargeNanoUsd),
      'meshbar.cost.price_list': cost?.priceListVersion,
    },
  });
}

function inSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

function inUsd(nanoUsd: number | undefined): number | undefined {
  return nanoUsd === undefined ? undefined : nanoUsd / 1e9;
}
