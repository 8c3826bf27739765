import type { Attributes } from '@opentelemetry/api';
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
import { meteredEndpointOf, providerOf } from '../providers/registry.js';
import type { ExchangeRecord } from '../shared/usage.js';

const ATTR_TOOL = 'meshbar.tool';
export const ATTR_OUTCOME = 'meshbar.outcome';
export const ATTR_STANDING = 'meshbar.standing';
export const ATTR_COST_PART = 'meshbar.cost.part';

const NAME_LIMIT = 100;

/** `gen_ai.operation.name`: a closed set, whatever a client asks for. */
function operationOf({ providerName, path }: Pick<ExchangeRecord, 'providerName' | 'path'>): string {
  return meteredEndpointOf(providerName, path).operation;
}

/** What every figure and span of an exchange is told apart by. Models and tools are names that a client chooses. */
export function exchangeAttributes(record: ExchangeRecord): Attributes {
  return {
    [ATTR_GEN_AI_OPERATION_NAME]: operationOf(record),
    [ATTR_GEN_AI_PROVIDER_NAME]: providerOf(record.providerName).otelName,
    ...named(ATTR_GEN_AI_REQUEST_MODEL, record.requestModel),
    ...named(ATTR_GEN_AI_RESPONSE_MODEL, record.responseModel),
    [ATTR_TOOL]: printable(record.tool),
  };
}

/** What one exchange asked for, too various to tell sums apart by. */
export function requestAttributes({ method, path, toolVersion }: ExchangeRecord): Attributes {
  return { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_URL_PATH]: path, [ATTR_USER_AGENT_VERSION]: toolVersion };
}

/** What came of one exchange; unknown is undefined. */
export function resultAttributes({
  outcome,
  status,
  errorType,
  usage,
  timeToFirstChunkMs,
}: ExchangeRecord): Attributes {
  return {
    [ATTR_OUTCOME]: outcome,
    [ATTR_HTTP_RESPONSE_STATUS_CODE]: status,
    [ATTR_ERROR_TYPE]: errorType,
    [ATTR_GEN_AI_USAGE_INPUT_TOKENS]: usage?.inputTokens,
    [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: usage?.outputTokens,
    [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: usage?.cacheReadInputTokens,
    [ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS]: usage?.cacheCreationInputTokens,
    [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: usage?.reasoningOutputTokens,
    // The conventions count it in seconds.
    [ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]:
      timeToFirstChunkMs === undefined ? undefined : timeToFirstChunkMs / 1000,
  };
}

/** "chat gpt-5.4". */
export function spanNameOf(record: ExchangeRecord): string {
  const model = record.requestModel ?? record.responseModel;
  return model === undefined ? operationOf(record) : `${operationOf(record)} ${printable(model)}`;
}

function named(key: string, name: string | undefined): Attributes {
  return name === undefined ? {} : { [key]: printable(name) };
}

/** Of bounded length, and nothing in it that a terminal or a dashboard would act on. */
function printable(name: string): string {
  return name.replace(/\p{C}/gu, '').slice(0, NAME_LIMIT);
}
