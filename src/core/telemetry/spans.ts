import { ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from '@opentelemetry/semantic-conventions/incubating';
import type { ExchangeRecord } from '../../shared/usage.js';
import { ATTR_OUTCOME, exchangeAttributes, operationOf, printable } from './exchange-attributes.js';

/**
 * Writes an exchange that has ended as one span, with the record's times: what a client of GenAI would have traced
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/). No prompt, answer, header, key or query is in it,
 * nor the reason of a failure, which may be in a provider's words.
 */
export function traceExchange(tracer: Tracer, record: ExchangeRecord, parent: SpanContext | undefined): void {
  const { usage, errorType, startedAt, durationMs, timeToFirstChunkMs } = record;
  const model = record.requestModel ?? record.responseModel;
  const name = model === undefined ? operationOf(record) : `${operationOf(record)} ${printable(model)}`;
  const span = tracer.startSpan(
    name,
    {
      kind: SpanKind.CLIENT,
      startTime: startedAt,
      attributes: {
        ...exchangeAttributes(record),
        [ATTR_OUTCOME]: record.outcome,
        [ATTR_HTTP_RESPONSE_STATUS_CODE]: record.status,
        [ATTR_ERROR_TYPE]: errorType,
        [ATTR_GEN_AI_USAGE_INPUT_TOKENS]: usage?.inputTokens,
        [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: usage?.outputTokens,
        [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: usage?.cacheReadInputTokens,
        [ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS]: usage?.cacheCreationInputTokens,
        [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: usage?.reasoningOutputTokens,
        [ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]:
          timeToFirstChunkMs === undefined ? undefined : timeToFirstChunkMs / 1000,
      },
    },
    parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
  );
  if (errorType !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(startedAt + durationMs);
}
