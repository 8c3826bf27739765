/**
 * What Meshbar knows of the traffic, in the words of OpenTelemetry's GenAI conventions.
 * Pure types: engine, terminal, main and renderer all speak these.
 */
import type { ProviderName } from './providers.js';

export type Transport = 'http' | 'websocket';

/** complete: the whole answer passed; failed: an error answer or none; interrupted: cut while it was passing. */
export type Outcome = 'complete' | 'failed' | 'interrupted';

/**
 * Counts as a provider reported them, normalised. Unknown is `undefined`, never 0.
 * Every count in "of which" is already contained in the total it belongs to.
 */
export interface TokenUsage {
  /** All tokens sent, cached and written ones included. */
  readonly inputTokens?: number;
  /** All tokens received, reasoning included. */
  readonly outputTokens?: number;
  /** Of inputTokens: read from the provider's prompt cache. */
  readonly cacheReadInputTokens?: number;
  /** Of inputTokens: written to the provider's prompt cache (any lifetime). */
  readonly cacheCreationInputTokens?: number;
  /** Of cacheCreationInputTokens: written with a lifetime of one hour. */
  readonly cacheCreation1hInputTokens?: number;
  /** Of cacheCreationInputTokens: written with a lifetime of twelve hours. */
  readonly cacheCreation12hInputTokens?: number;
  /** Of outputTokens: spent on reasoning. */
  readonly reasoningOutputTokens?: number;
  /** Of inputTokens. */
  readonly audioInputTokens?: number;
  /** Of cacheReadInputTokens. */
  readonly cacheReadAudioInputTokens?: number;
  /** Of outputTokens. */
  readonly audioOutputTokens?: number;
  /** Of inputTokens. */
  readonly imageInputTokens?: number;
  /** Of cacheReadInputTokens. */
  readonly cacheReadImageInputTokens?: number;
  /** Of outputTokens. */
  readonly imageOutputTokens?: number;
  /** Billed by character (speech synthesis). */
  readonly inputCharacters?: number;
  /** Billed by the length of the audio (transcription), in seconds. */
  readonly audioSeconds?: number;
  /** Images made. */
  readonly images?: number;
  /** Searches the provider made for the model, billed by the call. */
  readonly webSearches?: number;
  /** Tokens of a second model that worked on the same answer (an image tool, an advisor); in none of the counts above. */
  readonly otherModelTokens?: number;
}

/**
 * measured: the provider reported the usage of the whole exchange.
 * partial: the exchange was cut, or sent twice; the counts are what was seen.
 * unmetered: it may have cost something, but the provider reported nothing.
 * none: an exchange that bills nothing (a list of models, a refused request).
 * billed: the counts are those that MeshAgent billed.
 */
export type UsageStanding = 'measured' | 'partial' | 'unmetered' | 'none' | 'billed';

/**
 * How sure a cost is; `unpriced` has usage but no known price. `billed`: what MeshAgent billed, and no estimate; the
 * counts are of that standing too where MeshAgent told them.
 */
export type Standing = UsageStanding | 'unpriced';
export const STANDINGS: readonly Standing[] = ['measured', 'billed', 'partial', 'unpriced', 'unmetered', 'none'];

/** One exchange, as the meter saw it. Immutable. Never holds a prompt, an answer or a key. */
export interface ExchangeRecord {
  /** Unique and sortable by time of start. */
  readonly id: string;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly providerName: ProviderName;
  readonly projectId?: string;
  /** Id of the named local key the client showed; undefined: the shared one. */
  readonly keyId?: string;
  /** Display name of the calling tool, from its user agent, such as "Claude Code". */
  readonly tool: string;
  readonly toolVersion?: string;
  readonly method: string;
  /** Without the query string, as the upstream gets it after the provider's prefix, such as "/v1/messages". */
  readonly path: string;
  readonly transport: Transport;
  readonly streaming: boolean;
  /** HTTP status the client got; undefined when it left before there was one. */
  readonly status?: number;
  readonly requestModel?: string;
  readonly responseModel?: string;
  /** The tier that served it, as the response says; "fast" also for Anthropic's speed of that name. */
  readonly serviceTier?: string;
  /** The tier that was asked for, by which MeshAgent bills; "default" where none was. Undefined: not known. */
  readonly requestServiceTier?: string;
  /** Where the inference was bound to run, such as "us"; Anthropic charges for that. */
  readonly inferenceGeo?: string;
  readonly usage?: TokenUsage;
  /** The provider's own usage object, numbers only (nested objects of numbers kept). */
  readonly rawUsage?: RawUsage;
  readonly usageStanding: UsageStanding;
  readonly timeToFirstChunkMs?: number;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly outcome: Outcome;
  /**
   * Sent once more after a kept connection broke without an answer: the first may have been served, and billed, too. Then
   * what the answer reports is partial.
   */
  readonly sentTwice?: boolean;
  /** MeshAgent was told a label for it (annotation.ts), by which it can be asked what it billed. */
  readonly labelled?: boolean;
  /** Stable, lower snake case: the provider's error type, or one of ours such as "client_abort". */
  readonly errorType?: string;
  /** One short sentence for a person; no part of a prompt or an answer. */
  readonly errorReason?: string;
}

export interface RawUsage {
  readonly [key: string]: number | RawUsage;
}

/**
 * Money of one exchange: an estimate from the public price list, or what MeshAgent billed. 1 USD = 1e9 nano-USD,
 * integers, so sums are exact.
 */
export interface Cost {
  /** Price of the usage, at the provider's list price or as billed. */
  readonly costNanoUsd: number;
  /** MeshAgent's surcharge on it, kept apart. */
  readonly surchargeNanoUsd: number;
  /** Which price list this came from; undefined: it was billed. */
  readonly priceListVersion?: string;
}

/** A record with what it cost; `cost` is undefined where nobody knows, and then `standing` says why. */
export interface PricedExchange extends ExchangeRecord {
  readonly cost?: Cost;
  readonly standing: Standing;
}

/** An exchange that has not ended yet. */
export interface ActiveExchange {
  readonly id: string;
  readonly startedAt: number;
  readonly providerName: ProviderName;
  readonly tool: string;
  readonly method: string;
  readonly path: string;
  readonly transport: Transport;
  readonly model?: string;
  readonly timeToFirstChunkMs?: number;
}

/** Sums over exchanges. Costs are sums of what is known; `standings` says how many exchanges stand in them and how. */
export interface UsageTotals {
  readonly exchanges: number;
  readonly failed: number;
  readonly interrupted: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheCreationInputTokens: number;
  readonly reasoningOutputTokens: number;
  readonly costNanoUsd: number;
  readonly surchargeNanoUsd: number;
  readonly standings: Readonly<Record<Standing, number>>;
}

export type UsageDimension = 'model' | 'tool' | 'day' | 'project' | 'key';

/**
 * One row of a breakdown: `key` is the model, tool, local calendar day (YYYY-MM-DD), project id or id of the named local
 * key; empty where there was none.
 */
export interface UsageGroup extends UsageTotals {
  readonly key: string;
  /** Set where the rows are by model. */
  readonly providerName?: ProviderName;
  /** What people call it, where that is not its key. */
  readonly label?: string;
}

/** One bar of a chart. */
export interface UsagePoint extends UsageTotals {
  /** Start of the bucket, Unix milliseconds. */
  readonly at: number;
  /** The model, tool, project id or id of the named local key; empty where there was none. */
  readonly key: string;
}

/** Half-open range of start times in Unix milliseconds, and filters. */
export interface UsageQuery {
  readonly since?: number;
  readonly until?: number;
  readonly providerName?: ProviderName;
  readonly model?: string;
  readonly tool?: string;
  readonly projectId?: string;
  /** Id of a named local key; empty: the shared one. */
  readonly keyId?: string;
}
