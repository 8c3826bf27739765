import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from '@opentelemetry/semantic-conventions/incubating';
import type { ExchangeRecord } from '../../shared/usage.js';

const ATTR_TOOL = 'meshbar.tool';
export const ATTR_OUTCOME = 'meshbar.outcome';
export const ATTR_STANDING = 'meshbar.standing';
export const ATTR_COST_PART = 'meshbar.cost.part';

const NAME_LIMIT = 100;

/** First match wins. Where the conventions know no name for what a path does, one of ours in their style. */
const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/(?:messages\/count_tokens|responses\/input_tokens)$/, 'count_tokens'],
  [/^\/v1\/messages\/batches/, 'batch'],
  [/^\/v1\/(?:chat\/completions|responses|messages|realtime)$/, GEN_AI_OPERATION_NAME_VALUE_CHAT],
  [/^\/v1\/responses\/compact$/, 'compact'],
  [/^\/v1\/complete$/, GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION],
  [/^\/v1\/embeddings$/, GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS],
  [/^\/v1\/(?:images\/|audio\/speech$)/, GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT],
  [/^\/v1\/audio\//, 'transcription'],
  [/^\/v1\/models/, 'models'],
  [/^\/v1\/realtime\//, 'realtime_session'],
];

/** `gen_ai.operation.name`: a closed set, whatever a client asks for. */
export function operationOf({ path }: Pick<ExchangeRecord, 'path'>): string {
  return OPERATIONS.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
}

/** What every figure and span of an exchange is told apart by. Models and tools are names that a client chooses. */
export function exchangeAttributes(record: ExchangeRecord): Attributes {
  return {
    [ATTR_GEN_AI_OPERATION_NAME]: operationOf(record),
    [ATTR_GEN_AI_PROVIDER_NAME]: record.providerName,
    ...named(ATTR_GEN_AI_REQUEST_MODEL, record.requestModel),
    ...named(ATTR_GEN_AI_RESPONSE_MODEL, record.responseModel),
    [ATTR_TOOL]: printable(record.tool),
  };
}

function named(key: string, name: string | undefined): Attributes {
  return name === undefined ? {} : { [key]: printable(name) };
}

/** Of bounded length, and nothing in it that a terminal or a dashboard would act on. */
export function printable(name: string): string {
  return name.replace(/\p{C}/gu, '').slice(0, NAME_LIMIT);
}
