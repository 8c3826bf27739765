import type { ProviderName, RawUsage, TokenUsage } from '../shared/usage.js';

/** What the engine needs to know of one provider's API. Pure; `path` is without query, such as "/v1/messages". */
export interface Provider {
  readonly name: ProviderName;
  /** Whether MeshAgent's service answers this path. */
  isAllowedPath(path: string): boolean;
  isWebSocketPath(path: string): boolean;
  /** Whether a successful exchange there costs something. */
  bills(method: string, path: string): boolean;
  /** Texts one of which stands in every streamed event the meter wants; other events may be passed over unread. */
  streamMarks(path: string): readonly string[];
  /**
   * Whether this event says that the stream came to its proper end. `data` is the start of the event's data,
   * `reportsUsage` whether it holds a usage object.
   */
  isStreamEnd(path: string, eventType: string, data: string, reportsUsage: boolean): boolean;
  /** Whether every stream there says its end, so that one which does not was cut. */
  streamsSayTheirEnd(path: string): boolean;
  /** The provider's usage object in our terms; undefined if it says nothing. */
  normalise(raw: RawUsage, path: string): TokenUsage | undefined;
}
