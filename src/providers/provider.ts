import type { UsageGap } from '../shared/columns.js';
import type { BodyRewrite, ExchangeHead } from '../shared/exchange.js';
import type { ProviderName } from '../shared/providers.js';
import type { RawUsage, TokenUsage } from '../shared/usage.js';
import type { MessageKey } from '../words/index.js';

/** All that the engine needs to know of one provider's API, beside what is shown of it (src/shared/providers.ts). Pure. */
export interface Provider {
  readonly name: ProviderName;
  /** Behind the proxy's address and behind MeshAgent's base URL: "/openai". */
  readonly prefix: string;
  /** Whether requests without any provider's prefix are this one's too. */
  readonly isDefault?: true;
  /**
   * What MeshAgent's service answers, by path ("/v1/messages"); a "*" in a key is anything ("/v1/models/*" everything
   * below). The first match counts, exact ones before the others.
   */
  readonly endpoints: Readonly<Record<string, EndpointRow>>;
  /** Why a path is refused that its clients may know and MeshAgent's service doesn't answer, and what to do instead. */
  readonly hints?: Readonly<Record<string, `providers.${string}` & MessageKey>>;
  /** How a stream is read where the endpoint doesn't say. */
  readonly stream: StreamForm;
  /** Its usage object in our terms; undefined if it says nothing. */
  readonly usageOf: UsageReader;
  /** Where an answer says what each model did for it; without, all of it is one model's. */
  readonly usageByModel?: UsageByModelReader;
  /** Totals in a usage object that are larger than what their kinds come to. */
  readonly gapsOf?: (raw: RawUsage) => readonly UsageGap[];
  /** The count that a call of a hosted tool adds to, by its kind (src/meter/hosted-calls.ts), where no counter is given. */
  readonly hostedTools?: Readonly<Record<string, HostedCount>>;
  /** The stop reason of a refusal, which is not billed by the provider if nothing was said before. */
  readonly refusal?: string;
  /** Its error body, as its SDKs expect it. `status` and `errorType` are ours, `message` is for people. */
  readonly errorBody: ErrorForm;
  /** Beside `Authorization: Bearer`, the field in which a client shows its key. */
  readonly keyField?: 'x-api-key';
  /** Browsers can't set fields on a WebSocket: the start of a subprotocol that carries the key instead. */
  readonly keySubprotocol?: string;
  /** `gen_ai.provider.name` of OpenTelemetry's conventions. */
  readonly otelName: string;
  /** Its `id` in @pydantic/genai-prices. */
  readonly priceListId: string;
  /** What some clients and gateways put in front of the names of its models. */
  readonly modelPrefixes: readonly string[];
  /** How names of its models begin, as patterns. */
  readonly modelNames: readonly string[];
  /** How its official SDKs name themselves in a user agent, and a field that no other provider's SDKs send. */
  readonly sdk?: { readonly name: string; readonly field?: 'anthropic-version' };
}

/** One row of a provider's table. */
export interface EndpointRow {
  /** `gen_ai.operation.name`; where OpenTelemetry's conventions have none, one of ours in their style. */
  readonly operation: string;
  /** A successful POST there costs nothing. */
  readonly free?: true;
  /** A WebSocket may be opened there. */
  readonly webSocket?: WebSocketForm;
  readonly stream?: StreamForm;
  /** Every stream there says its end: one that doesn't was cut. */
  readonly streamsSayTheirEnd?: true;
  readonly usageOf?: UsageReader;
  readonly errorBody?: ErrorForm;
  /** Billed by what the request says, since the answer doesn't: characters of text, number of images. */
  readonly requestCounts?: 'characters' | 'images';
  /** Billed by the tier that the request asks for. */
  readonly hasTiers?: true;
  /** The change to an exchange's bodies that makes its usage known; undefined: there is nothing to change in this one. */
  readonly askForUsage?: (head: ExchangeHead) => BodyRewrite | undefined;
}

export type UsageReader = (raw: RawUsage) => TokenUsage | undefined;

/** One model's turn at an answer. */
export interface Iteration {
  readonly type: string;
  /** Undefined: that of the answer. */
  readonly model: string | undefined;
  readonly numbers: RawUsage;
}

/** What all models together used for an answer. */
export interface UsageByModel {
  /** Whose answer it is. */
  readonly answeredBy: string | undefined;
  readonly usage: TokenUsage | undefined;
  /** What each used, where they were several. */
  readonly byModel?: Readonly<Record<string, TokenUsage>>;
  /** What was used and is not in here, or may be billed and may not. */
  readonly isPartial: boolean;
}

/** `last` is the usage object that the iterations are in, `model` the one that the answer names. */
export type UsageByModelReader = (
  last: RawUsage,
  iterations: readonly Iteration[],
  model: string | undefined,
) => UsageByModel;

/** Calls of hosted tools, each of which costs a fee. */
type HostedCount = keyof TokenUsage &
  ('webSearches' | 'fileSearches' | 'codeExecutions' | 'imageGenerations' | 'otherToolCalls');

export type ErrorForm = (status: number, errorType: string, message: string) => object;

export interface StreamForm {
  /** Texts one of which is in every streamed event that the meter wants; other events may be passed over unread. */
  readonly marks: readonly Buffer[];
  /**
   * Whether this event says that the stream came to its proper end. `data` is the start of the event's data,
   * `reportsUsage` whether it holds a usage object.
   */
  isEnd(eventType: string, data: string, reportsUsage: boolean): boolean;
  /** Events of one stream whose usage is theirs alone: it is added up. All others say how much it is by now. */
  readonly addsUp?: ReadonlySet<string>;
}

/** What the messages of a WebSocket are called that the meter wants. */
export interface WebSocketForm {
  readonly ends: ReadonlySet<string>;
  /** Says that spoken input has been written down, by a model of its own. */
  readonly transcribed: string;
  /** An error ends the response that is under way, as opposed to a session that goes on after one. */
  readonly errorEndsResponse: boolean;
}
