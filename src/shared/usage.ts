import type {
  COST_COLUMNS,
  COUNT_PLACES,
  Column,
  OUTCOMES,
  PRICING_COLUMNS,
  RECORD_COLUMNS,
  STANDING_PLACES,
  TRANSPORTS,
  USAGE_COLUMNS,
  USAGE_STANDINGS,
} from './columns.js';
import type { ProviderName } from './providers.js';

/**
 * What Meshbar knows of the traffic, in the words of OpenTelemetry's GenAI conventions. What a record and a sum hold is
 * listed in columns.ts.
 */

export type Transport = (typeof TRANSPORTS)[number];

/** complete: the whole answer passed; failed: an error answer or none; interrupted: cut while it was passing. */
export type Outcome = (typeof OUTCOMES)[number];

/**
 * measured: the provider reported the usage of the whole exchange.
 * partial: the exchange was cut, or sent twice, or a count was none; the counts are what was seen.
 * unmetered: it may have cost something, but the provider reported nothing.
 * none: an exchange that bills nothing (a list of models, a request that was answered with an error).
 * refused: refused before anything was said, which providers don't bill; whether MeshAgent does is not known.
 * billed: the counts are those that MeshAgent billed.
 */
export type UsageStanding = (typeof USAGE_STANDINGS)[number];

/**
 * How sure a cost is; `unpriced` has usage but no known price, and of what is `partial` a part may have none. `billed`: what MeshAgent billed, and no estimate; the
 * counts are of that standing too where MeshAgent told them.
 */
export type Standing = keyof typeof STANDING_PLACES;

/** What a list of columns holds, as the type of an object. */
type Holding<Columns extends Readonly<Record<string, Column>>> = {
  readonly [Name in keyof Columns as Columns[Name] extends { optional: true } ? never : Name]: Value<Columns[Name]>;
} & {
  readonly [Name in keyof Columns as Columns[Name] extends { optional: true } ? Name : never]?: Value<Columns[Name]>;
};

type Value<C extends Column> = C extends { values: readonly (infer V)[] } ? V : Values[C['type']];

interface Values {
  text: string;
  integer: number;
  number: number;
  flag: boolean;
  tree: RawUsage;
}

export interface RawUsage {
  readonly [key: string]: number | RawUsage;
}

/** Counts as a provider reported them, normalised. Unknown is `undefined`, never 0. */
export interface TokenUsage extends Holding<typeof USAGE_COLUMNS> {}

/** One exchange, as the meter saw it. Immutable. Never holds a prompt, an answer or a key. */
export interface ExchangeRecord extends Holding<typeof RECORD_COLUMNS> {
  readonly usage?: TokenUsage;
}

/** Money of one exchange: an estimate from the public price list, or what MeshAgent billed. */
export interface Cost extends Holding<typeof COST_COLUMNS> {}

/** A record with what it cost; `cost` is undefined where nobody knows, and then `standing` says why. */
export interface PricedExchange extends ExchangeRecord, Holding<typeof PRICING_COLUMNS> {
  readonly cost?: Cost;
}

/** What pricing adds to a record. */
export type Pricing = Pick<PricedExchange, 'cost' | keyof typeof PRICING_COLUMNS>;

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

/** Sums over exchanges. Costs are sums of what is known; `standings` says how many exchanges are in them, and how. */
export interface UsageTotals
  extends Readonly<Record<keyof typeof COUNT_PLACES, number>>,
    Readonly<
      Record<SummedIn<typeof USAGE_COLUMNS> | SummedIn<typeof COST_COLUMNS> | SummedIn<typeof PRICING_COLUMNS>, number>
    > {
  readonly standings: Readonly<Record<Standing, number>>;
}

type SummedIn<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends { summed: number } ? Name : never;
}[keyof Columns];

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
