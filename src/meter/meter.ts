import type { Endpoint } from '../providers/endpoints.js';
import { bills, meteredEndpointOf } from '../providers/registry.js';
import { definedUsage } from '../providers/usage-fields.js';
import type { BodyFields, ExchangeEnd, ExchangeHead, ExchangeObserver } from '../shared/exchange.js';
import { Roster } from '../shared/roster.js';
import type { ExchangeRecord, Outcome, TokenUsage, UsageStanding } from '../shared/usage.js';
import { english } from '../words/index.js';
import { type AnswerReader, createAnswerReader, isEventStream } from './answer-reader.js';
import { type ProviderError, Tally } from './findings.js';
import { createRequestReader } from './request-reader.js';
import { type Tool, toolOf } from './tool.js';
import { WebSocketMeter } from './websocket-meter.js';

export interface MeterOptions {
  /** One call for each exchange, when it has ended. */
  readonly onRecord: (record: ExchangeRecord, head: ExchangeHead) => void;
}

/** Told what became known of an exchange under way. */
export interface ProgressListener {
  onModel(model: string): void;
}

/** An exchange under observation, and who makes it. */
export interface MeteredExchange extends ExchangeObserver {
  readonly tool: Tool;
}

export interface Meter {
  observe(head: ExchangeHead, progress?: ProgressListener): MeteredExchange;
  /** Resolves when every exchange that has ended has its record: one whose answer was compressed takes a moment longer. */
  settled(): Promise<void>;
}

/** Observes exchanges from their passing bytes and makes one immutable record of each. */
export function createMeter(options: MeterOptions): Meter {
  const unsettled = new Roster<Promise<void>>();
  const settle = (reported: Promise<void>) => {
    const place = unsettled.add(reported);
    reported.then(() => unsettled.remove(place));
  };
  return {
    observe: (head, progress) =>
      head.transport === 'websocket'
        ? new WebSocketMeter(head, options, progress)
        : new HttpMeter(head, options, progress, settle),
    async settled() {
      await Promise.all(unsettled.toArray());
    },
  };
}

class HttpMeter implements MeteredExchange {
  readonly tool: Tool;
  private readonly endpoint: Endpoint;
  private readonly tally: Tally;
  private readonly request;
  private answer: AnswerReader | undefined;
  private streaming = false;

  constructor(
    private readonly head: ExchangeHead,
    private readonly options: MeterOptions,
    private readonly progress: ProgressListener | undefined,
    private readonly onUnsettled: (reported: Promise<void>) => void,
  ) {
    this.endpoint = meteredEndpointOf(head.providerName, head.path);
    this.tool = toolOf(head.headers);
    this.tally = new Tally(this.endpoint.usageOf);
    this.request = createRequestReader(head.headers, this.endpoint.requestCounts);
  }

  onRequestData(chunk: Buffer): void {
    const known = this.request.model;
    this.request.push(chunk);
    if (known === undefined && this.request.model !== undefined) this.progress?.onModel(this.request.model);
  }

  onResponseStart(_status: number, fields: BodyFields): void {
    this.streaming = isEventStream(fields);
    const { tally, progress } = this;
    this.answer = createAnswerReader(this.endpoint.stream, fields, tally, () => {
      progress?.onModel(tally.model as string);
    });
  }

  onResponseData(chunk: Buffer): void {
    this.answer?.push(chunk);
  }

  onMessage(): void {}

  onEnd(end: ExchangeEnd): void {
    if (!this.answer) {
      this.report(end);
      return;
    }
    let isReported = false;
    let onReported = () => {};
    this.answer.end(() => {
      try {
        this.report(end);
      } finally {
        isReported = true;
        onReported();
      }
    });
    if (isReported) return;
    this.onUnsettled(
      new Promise((resolve) => {
        onReported = resolve;
      }),
    );
  }

  private report(end: ExchangeEnd): void {
    const { head, tool, tally, request } = this;
    const usage = usageWithRequest(tally.usage(), request.inputCharacters, request.images, end);
    const result = this.result(end);
    const record: ExchangeRecord = {
      id: head.id,
      startedAt: head.startedAt,
      providerName: head.providerName,
      projectId: head.projectId,
      keyId: head.keyId,
      tool: tool.name,
      toolVersion: tool.version,
      method: head.method,
      path: head.path,
      transport: head.transport,
      streaming: this.streaming,
      status: end.status,
      requestModel: request.model,
      responseModel: tally.model,
      serviceTier: tally.serviceTier,
      inferenceGeo: tally.inferenceGeo,
      usage,
      rawUsage: tally.rawUsage,
      usageStanding: this.standing(end, usage),
      timeToFirstChunkMs: end.timeToFirstChunkMs,
      durationMs: end.durationMs,
      requestBytes: end.requestBytes,
      responseBytes: end.responseBytes,
      outcome: result.outcome,
      sentTwice: end.sentTwice,
      labelled: head.labelled,
      errorType: result.error?.type,
      errorReason: result.error?.reason,
    };
    this.options.onRecord(record, head);
  }

  /** What the proxy saw of the exchange, corrected by what the provider said in the answer. */
  private result(end: ExchangeEnd): { outcome: Outcome; error?: ProviderError | undefined } {
    const { tally } = this;
    if (tally.error) return { outcome: 'failed', error: tally.error };
    // Many clients hang up on the last event without waiting for the end of the body.
    if (end.errorType === 'client_abort' && this.answer?.sawEnd) return { outcome: 'complete' };
    if (end.errorType !== undefined) {
      return { outcome: end.outcome, error: { type: end.errorType, reason: end.errorReason } };
    }
    if (end.status !== undefined && end.status >= 400) {
      const outcome = end.outcome === 'complete' ? 'failed' : end.outcome;
      return { outcome, error: { type: `http_${end.status}`, reason: tally.message } };
    }
    if (end.outcome === 'complete' && this.stoppedShort()) return { outcome: 'interrupted', error: STOPPED_SHORT };
    return { outcome: end.outcome };
  }

  /** A stream that ended without a word of its end, as if it were complete. */
  private stoppedShort(): boolean {
    return this.streaming && this.endpoint.streamsSayTheirEnd === true && this.answer?.sawEnd === false;
  }

  private standing(end: ExchangeEnd, usage: TokenUsage | undefined): UsageStanding {
    if (!bills(this.head)) return 'none';
    const standing = this.answerStanding(end, usage);
    if (!end.sentTwice) return standing;
    // What the other sending cost, if anything, nobody said.
    return standing === 'measured' ? 'partial' : standing === 'none' ? 'unmetered' : standing;
  }

  private answerStanding(end: ExchangeEnd, usage: TokenUsage | undefined): UsageStanding {
    const { tally } = this;
    // An error answer bills nothing, and neither does a request that never got as far as an answer.
    if (end.status === undefined) return end.outcome === 'failed' ? 'none' : 'unmetered';
    if (end.errorType !== undefined && UNANSWERED.has(end.errorType)) return 'unmetered';
    if (end.status >= 400) return 'none';
    if (usage !== undefined) return this.stoppedShort() ? 'partial' : 'measured';
    // An error before the first word of an answer is a refusal.
    return tally.error !== undefined && tally.model === undefined ? 'none' : 'unmetered';
  }
}

/** The request was sent and then the connection broke: it may have been served and billed, and nobody said so. */
const UNANSWERED = new Set(['upstream_reset', 'upstream_protocol']);

const STOPPED_SHORT: ProviderError = {
  type: 'stream_stopped_short',
  reason: english('meter.streamStopped'),
};

/** Speech is billed by the characters sent, older image models by the image: the answer says neither. */
function usageWithRequest(
  usage: TokenUsage | undefined,
  inputCharacters: number | undefined,
  images: number | undefined,
  end: ExchangeEnd,
): TokenUsage | undefined {
  if (inputCharacters === undefined && images === undefined) return usage;
  if (end.status === undefined || end.status >= 400) return usage;
  return definedUsage({ ...usage, inputCharacters, images });
}
