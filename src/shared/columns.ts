/**
 * What a record and a sum hold: the one list. The types in usage.ts, the ledger's statements and sums, the exports in CSV,
 * JSON and OpenTelemetry's terms and the details of a request in the app are made of it. A column that the ledger looks
 * up or sums also needs a step in src/ledger/migrations.ts, and one that people see a label in src/words/en/columns.ts.
 * In each block the columns are in the order in which a person reads them.
 */

import { PROVIDER_NAMES } from './providers.js';

export const TRANSPORTS = ['http', 'websocket'] as const;
export const OUTCOMES = ['complete', 'failed', 'interrupted'] as const;
export const USAGE_STANDINGS = ['measured', 'partial', 'unmetered', 'none', 'billed', 'refused'] as const;
/** How the cost of what is summed is known, with the place of its count in the CSV of sums. */
export const STANDING_PLACES = {
  measured: 13,
  billed: 14,
  partial: 15,
  unpriced: 16,
  unmetered: 17,
  none: 18,
  refused: 19,
} as const;
export const STANDINGS = Object.keys(STANDING_PLACES) as readonly (keyof typeof STANDING_PLACES)[];
/** What a sum counts beside what it adds up, likewise. */
export const COUNT_PLACES = { exchanges: 3, failed: 4, interrupted: 5 } as const;

/**
 * bad_count: the provider reported a count that is none. split_input, split_cached, split_output, split_written: a total
 * is larger than what its kinds (text, audio, images; lifetimes) come to. iterations: likewise of the models' turns, or one
 * was refused.
 */
export const USAGE_GAPS = [
  'bad_count',
  'split_input',
  'split_cached',
  'split_output',
  'split_written',
  'iterations',
] as const;
export type UsageGap = (typeof USAGE_GAPS)[number];

/** What can be without a price while the rest of an exchange has one; `split` is a gap of its usage. */
export const MISSING_PRICES = [
  'cached',
  'cache_write',
  'audio',
  'image',
  'text',
  'split',
  'web_search',
  'file_search',
  'code_execution',
  'image_generation',
  'other_tool',
  'other_model',
] as const;
export type MissingPrice = (typeof MISSING_PRICES)[number];

/** The parts of a request's details, in their order. */
export const DETAIL_PARTS = ['exchange', 'sizes', 'tokens', 'cost', 'raw'] as const;
export type DetailPart = (typeof DETAIL_PARTS)[number];

/** In place of a column: why it isn't there. */
interface LeftOut {
  readonly not: string;
}

export interface Column {
  /** `tree`: an object of numbers and such objects. */
  readonly type: 'text' | 'integer' | 'number' | 'flag' | 'tree';
  /** All the values there are, where they are a closed set. */
  readonly values?: readonly string[];
  /** A record can be without it: unknown is `undefined`, never 0; a flag that isn't set is false. */
  readonly optional?: true;
  readonly unit?: 'unixMs' | 'ms' | 'bytes' | 'tokens' | 'seconds' | 'nanoUsd';
  /** The count that contains this one. */
  readonly partOf?: string;
  /**
   * Type of the ledger's column, whose name is this one's in snake case. Only what is looked up, summed or not part of
   * the record has one: everything else is read from the record's JSON.
   */
  readonly sql?: 'TEXT' | 'TEXT NOT NULL' | 'INTEGER' | 'INTEGER NOT NULL';
  /** Sums are kept apart by it. */
  readonly groups?: true;
  /** Sums add it up; its place in their CSV. */
  readonly summed?: number;
  /** Place and name in the CSV of records. Scripts count columns: a new one takes the next free place. */
  readonly csv: readonly [place: number, name: string] | LeftOut;
  /** The part of a request's details with its row. */
  readonly detail: DetailPart | LeftOut;
  /** Attribute of a span. `notSent`: why it is in exports, but in no span that leaves the machine. */
  readonly otel: string | { readonly name: string; readonly notSent: string } | LeftOut;
}

const FACT = { type: 'text', detail: 'exchange' } as const;
const MAYBE = { ...FACT, optional: true } as const;
const COUNT = { type: 'integer', optional: true, detail: 'tokens' } as const;
const TOKENS = { ...COUNT, unit: 'tokens' } as const;
const BYTES = { type: 'integer', unit: 'bytes', detail: 'sizes' } as const;
const MONEY = { type: 'integer', unit: 'nanoUsd', detail: 'cost' } as const;
/** What of several kinds of columns the ledger has as a column of its own, to be grouped by or summed. */
const KEY = { sql: 'TEXT NOT NULL', groups: true } as const;
const SUM = { sql: 'INTEGER' } as const;

const NAMES_THE_ACCOUNT = 'A collector is often shared: whose account and whose key it was is nobody else’s business.';
const NOT_KNOWN_YET = 'A span is sent when the exchange ends, which is before it has a price.';
const IN_THE_SPAN = 'The span itself has it.';

/** An exchange, as the meter saw it. */
export const RECORD_COLUMNS = {
  /** complete: the whole answer passed; failed: an error answer or none; interrupted: cut while it was passing. */
  outcome: { ...FACT, values: OUTCOMES, sql: 'TEXT NOT NULL', csv: [13, 'outcome'], otel: 'meshbar.outcome' },
  /** One short sentence for a person; no part of a prompt or an answer. */
  errorReason: {
    ...MAYBE,
    csv: [37, 'error_reason'],
    otel: { not: 'The status of an exported span has it; none that is sent, since it may be in a provider’s words.' },
  },
  /** Stable, lower snake case: the provider's error type, or one of ours such as "client_abort". */
  errorType: { ...MAYBE, csv: [15, 'error_type'], otel: 'error.type' },
  /**
   * Sent again after a kept connection broke without an answer: the first may have been served, and billed, too. Then what
   * the answer reports is partial.
   */
  sentTwice: { ...MAYBE, type: 'flag', csv: [14, 'sent_twice'], otel: 'meshbar.sent_twice' },
  /** HTTP status the client got; undefined when it left before there was one. */
  status: { ...MAYBE, type: 'integer', csv: [12, 'status'], otel: 'http.response.status_code' },
  /** Display name of the calling tool, from its user agent, such as "Claude Code". */
  tool: { ...FACT, ...KEY, csv: [6, 'tool'], otel: 'meshbar.tool' },
  toolVersion: { ...MAYBE, csv: [7, 'tool_version'], otel: 'user_agent.version' },
  providerName: { ...FACT, ...KEY, values: PROVIDER_NAMES, csv: [3, 'provider_name'], otel: 'gen_ai.provider.name' },
  requestModel: { ...MAYBE, csv: [16, 'request_model'], otel: 'gen_ai.request.model' },
  responseModel: { ...MAYBE, csv: [17, 'response_model'], otel: 'gen_ai.response.model' },
  /** The tier that served it, as the response says; "fast" also for Anthropic's speed of that name. */
  serviceTier: { ...MAYBE, csv: [18, 'service_tier'], otel: 'meshbar.service_tier' },
  /** The tier that was asked for, by which MeshAgent bills; "default" where none was. */
  requestServiceTier: { ...MAYBE, csv: [49, 'request_service_tier'], otel: 'meshbar.request_service_tier' },
  /** Where the inference was bound to run, such as "us"; Anthropic charges for that. */
  inferenceGeo: { ...MAYBE, csv: [19, 'inference_geo'], otel: 'meshbar.inference_geo' },
  method: {
    ...FACT,
    csv: [8, 'method'],
    detail: { not: 'The row of the path begins with it.' },
    otel: 'http.request.method',
  },
  /** Without the query string, as the upstream gets it after the provider's prefix, such as "/v1/messages". */
  path: { ...FACT, csv: [9, 'path'], otel: 'url.path' },
  transport: { ...FACT, values: TRANSPORTS, csv: [10, 'transport'], otel: 'network.protocol.name' },
  streaming: { ...FACT, type: 'flag', csv: [11, 'streaming'], otel: 'meshbar.streaming' },
  projectId: {
    ...MAYBE,
    ...KEY,
    csv: [5, 'project_id'],
    otel: { name: 'meshbar.project.id', notSent: NAMES_THE_ACCOUNT },
  },
  /** Id of the named local key that the client showed; undefined: the shared one. */
  keyId: { ...MAYBE, ...KEY, csv: [4, 'key_id'], otel: { name: 'meshbar.key.id', notSent: NAMES_THE_ACCOUNT } },
  /** MeshAgent was sent a label for it (annotation.ts), by which it can be asked what it billed. */
  labelled: { ...MAYBE, type: 'flag', sql: 'INTEGER NOT NULL', csv: [38, 'labelled'], otel: 'meshbar.labelled' },
  /** Unique and sortable by time of start. */
  id: { ...FACT, sql: 'TEXT NOT NULL', csv: [1, 'id'], otel: 'meshbar.exchange.id' },
  startedAt: {
    type: 'integer',
    unit: 'unixMs',
    sql: 'INTEGER NOT NULL',
    csv: [2, 'started_at'],
    detail: 'sizes',
    otel: { not: IN_THE_SPAN },
  },
  timeToFirstChunkMs: {
    type: 'number',
    optional: true,
    unit: 'ms',
    csv: [33, 'time_to_first_chunk_ms'],
    detail: 'sizes',
    otel: 'gen_ai.response.time_to_first_chunk',
  },
  durationMs: { type: 'number', unit: 'ms', csv: [34, 'duration_ms'], detail: 'sizes', otel: { not: IN_THE_SPAN } },
  requestBytes: { ...BYTES, csv: [35, 'request_bytes'], otel: 'http.request.body.size' },
  responseBytes: { ...BYTES, csv: [36, 'response_bytes'], otel: 'http.response.body.size' },
  /** How sure its usage is, whether or not that has a price. */
  usageStanding: {
    type: 'text',
    values: USAGE_STANDINGS,
    csv: [39, 'usage_standing'],
    detail: 'tokens',
    otel: 'meshbar.usage_standing',
  },
  /** Why the counts aren't all there is to count, or not each for itself: words of USAGE_GAPS. */
  usageGaps: { ...MAYBE, detail: 'tokens', csv: [50, 'usage_gaps'], otel: 'meshbar.usage_gaps' },
  /** What each model used, by its name, where several worked on one answer; an empty name is one that wasn't given. */
  usageByModel: {
    type: 'tree',
    optional: true,
    csv: { not: 'Any number of models, each with a tree of its own; JSON Lines has it whole.' },
    detail: 'raw',
    otel: { not: 'An attribute is a single value; the counts of all models together are attributes.' },
  },
  /** The provider's own usage object, numbers only (nested objects of numbers kept). */
  rawUsage: {
    type: 'tree',
    optional: true,
    csv: { not: 'Each provider has a tree of its own; JSON Lines has it whole.' },
    detail: 'raw',
    otel: { not: 'An attribute is a single value, and the normalised counts are attributes.' },
  },
} as const satisfies Record<string, Column>;

/**
 * Counts as a provider reported them, normalised. Unknown is `undefined`, never 0; what is `partOf` another count is
 * already contained in it.
 */
export const USAGE_COLUMNS = {
  /** All tokens sent, cached and written ones included. */
  inputTokens: { ...TOKENS, ...SUM, summed: 6, csv: [21, 'input_tokens'], otel: 'gen_ai.usage.input_tokens' },
  /** Read from the provider's prompt cache. */
  cacheReadInputTokens: {
    ...TOKENS,
    ...SUM,
    partOf: 'inputTokens',
    summed: 7,
    csv: [22, 'cache_read_input_tokens'],
    otel: 'gen_ai.usage.cache_read.input_tokens',
  },
  cacheReadAudioInputTokens: {
    ...TOKENS,
    partOf: 'cacheReadInputTokens',
    csv: [40, 'cache_read_audio_input_tokens'],
    otel: 'meshbar.usage.cache_read.audio.input_tokens',
  },
  cacheReadImageInputTokens: {
    ...TOKENS,
    partOf: 'cacheReadInputTokens',
    csv: [41, 'cache_read_image_input_tokens'],
    otel: 'meshbar.usage.cache_read.image.input_tokens',
  },
  /** Written to the provider's prompt cache, for however long. */
  cacheCreationInputTokens: {
    ...TOKENS,
    ...SUM,
    partOf: 'inputTokens',
    summed: 8,
    csv: [23, 'cache_creation_input_tokens'],
    otel: 'gen_ai.usage.cache_creation.input_tokens',
  },
  /** Written to be kept for one hour. */
  cacheCreation1hInputTokens: {
    ...TOKENS,
    partOf: 'cacheCreationInputTokens',
    csv: [42, 'cache_creation_1h_input_tokens'],
    otel: 'meshbar.usage.cache_creation_1h.input_tokens',
  },
  /** Written to be kept for twelve hours. */
  cacheCreation12hInputTokens: {
    ...TOKENS,
    partOf: 'cacheCreationInputTokens',
    csv: [43, 'cache_creation_12h_input_tokens'],
    otel: 'meshbar.usage.cache_creation_12h.input_tokens',
  },
  audioInputTokens: {
    ...TOKENS,
    partOf: 'inputTokens',
    csv: [44, 'audio_input_tokens'],
    otel: 'meshbar.usage.audio.input_tokens',
  },
  imageInputTokens: {
    ...TOKENS,
    partOf: 'inputTokens',
    csv: [45, 'image_input_tokens'],
    otel: 'meshbar.usage.image.input_tokens',
  },
  /** All tokens received, reasoning included. */
  outputTokens: { ...TOKENS, ...SUM, summed: 9, csv: [24, 'output_tokens'], otel: 'gen_ai.usage.output_tokens' },
  reasoningOutputTokens: {
    ...TOKENS,
    ...SUM,
    partOf: 'outputTokens',
    summed: 10,
    csv: [25, 'reasoning_output_tokens'],
    otel: 'gen_ai.usage.reasoning.output_tokens',
  },
  audioOutputTokens: {
    ...TOKENS,
    partOf: 'outputTokens',
    csv: [46, 'audio_output_tokens'],
    otel: 'meshbar.usage.audio.output_tokens',
  },
  imageOutputTokens: {
    ...TOKENS,
    partOf: 'outputTokens',
    csv: [47, 'image_output_tokens'],
    otel: 'meshbar.usage.image.output_tokens',
  },
  /** Billed by character (speech synthesis). */
  inputCharacters: { ...COUNT, csv: [26, 'input_characters'], otel: 'meshbar.usage.input_characters' },
  /** Billed by the length of the audio (transcription). */
  audioSeconds: {
    ...COUNT,
    type: 'number',
    unit: 'seconds',
    csv: [27, 'audio_seconds'],
    otel: 'meshbar.usage.audio_seconds',
  },
  /** Images made. */
  images: { ...COUNT, csv: [28, 'images'], otel: 'meshbar.usage.images' },
  /** Searches the provider made for the model, billed by the call. */
  webSearches: { ...COUNT, csv: [29, 'web_searches'], otel: 'meshbar.usage.web_searches' },
  /** Calls of other tools that the provider ran, each for a fee. */
  fileSearches: { ...COUNT, csv: [51, 'file_searches'], otel: 'meshbar.usage.file_searches' },
  codeExecutions: { ...COUNT, csv: [52, 'code_executions'], otel: 'meshbar.usage.code_executions' },
  imageGenerations: { ...COUNT, csv: [53, 'image_generations'], otel: 'meshbar.usage.image_generations' },
  otherToolCalls: { ...COUNT, csv: [54, 'other_tool_calls'], otel: 'meshbar.usage.other_tool_calls' },
  /** Of a second model that worked on the same answer (an image tool, an advisor); in none of the counts above. */
  otherModelTokens: { ...TOKENS, csv: [48, 'other_model_tokens'], otel: 'meshbar.usage.other_model_tokens' },
} as const satisfies Record<string, Column>;

/**
 * Money of one exchange: an estimate from the public price list, or what MeshAgent billed. 1 USD = 1e9 nano-USD,
 * integers, so sums are exact.
 */
export const COST_COLUMNS = {
  /** Price of the usage, at the provider's list price or as billed. */
  costNanoUsd: {
    ...MONEY,
    ...SUM,
    summed: 11,
    csv: [30, 'cost_usd'],
    otel: { name: 'meshbar.cost.usd', notSent: NOT_KNOWN_YET },
  },
  /** MeshAgent's surcharge on it, kept apart. */
  surchargeNanoUsd: {
    ...MONEY,
    ...SUM,
    summed: 12,
    csv: [31, 'surcharge_usd'],
    otel: { name: 'meshbar.cost.surcharge_usd', notSent: NOT_KNOWN_YET },
  },
  /** What has no known price and is not in the cost, which is then "at least": words of MISSING_PRICES. */
  missingPrices: {
    type: 'text',
    optional: true,
    sql: 'TEXT',
    csv: [55, 'missing_prices'],
    detail: 'cost',
    otel: { name: 'meshbar.cost.missing_prices', notSent: NOT_KNOWN_YET },
  },
  /** What the provider's list price is, fees of hosted tools included, where that is known and another. */
  listNanoUsd: {
    ...MONEY,
    optional: true,
    sql: 'INTEGER',
    csv: [56, 'list_usd'],
    otel: { name: 'meshbar.cost.list_usd', notSent: NOT_KNOWN_YET },
  },
  /** Whose prices these are, such as "MeshAgent prices of 2026-10-01"; undefined: it was billed. */
  priceListVersion: {
    type: 'text',
    optional: true,
    sql: 'TEXT',
    csv: [32, 'price_list_version'],
    detail: 'cost',
    otel: { name: 'meshbar.cost.price_list', notSent: NOT_KNOWN_YET },
  },
} as const satisfies Record<string, Column>;

/** What pricing adds to a record, beside the cost. */
export const PRICING_COLUMNS = {
  /** How sure the cost is, or why there is none. */
  standing: {
    type: 'text',
    values: STANDINGS,
    sql: 'TEXT NOT NULL',
    csv: [20, 'standing'],
    detail: 'cost',
    otel: { name: 'meshbar.standing', notSent: NOT_KNOWN_YET },
  },
  /** What was refused costs this, surcharge included, if it is billed, which nobody knows: it is in no cost. */
  possibleNanoUsd: {
    ...MONEY,
    optional: true,
    ...SUM,
    summed: 20,
    csv: [57, 'possible_usd'],
    otel: { name: 'meshbar.cost.possible_usd', notSent: NOT_KNOWN_YET },
  },
} as const satisfies Record<string, Column>;

/** All of them, by name. */
export const COLUMNS = { ...USAGE_COLUMNS, ...RECORD_COLUMNS, ...COST_COLUMNS, ...PRICING_COLUMNS };
export type ColumnName = keyof typeof COLUMNS;
