import type { Endpoint } from '../providers/endpoints.js';
import { bills, meteredEndpointOf } from '../providers/registry.js';
import { definedUsage } from '../providers/usage-fields.js';
import type { BodyFields, ExchangeEnd, ExchangeHead, ExchangeObserver } from '../shared/exchange.js';
import { Roster } from '../shared/roster.js';
import type { ExchangeRecord, Outcome, TokenUsage, UsageStanding } from '../shared/usage.js';
import { english } from '../words/index.js';
import { type AnswerReader, createAnswerReader, isEventStream } from './answer-reader.js';
import type { ProviderError } from './finding.js';
import { createRequestReader, type RequestReader } from './request-reader.js';
import { type Report, Tally } from './tally.js';
import { type CallingTool, toolOf } from './tool.js';
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
  readonly tool: CallingTool;
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
  readonly tool: CallingTool;
  private readonly endpoint: Endpoint;
  private readonly tally: Tally;
  private readonly request: RequestReader;
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
    this.tally = new Tally(this.endpoint);
    this.request = createRequestReader(head.headers, this.endpoint, progress);
  }

  onRequestData(chunk: Buffer): void {
    this.request.push(chunk);
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
    let isReported = false;
    let onReported = () => {};
    this.whenRead(() => {
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

  /** Calls back at once, unless request or answer was compressed. */
  private whenRead(done: () => void): void {
    this.request.end(() => {
      if (this.answer) this.answer.end(done);
      else done();
    });
  }

  private report(end: ExchangeEnd): void {
    const { head, tool, tally, request } = this;
    const result = this.result(end);
    const report = tally.report();
    const isWhole = result.outcome === 'complete' && end.status !== undefined && end.status < 300;
    const usage = isWhole ? usageWithRequest(report.usage, request) : report.usage;
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
      responseModel: report.model,
      serviceTier: tally.serviceTier,
      requestServiceTier: request.serviceTier,
      inferenceGeo: tally.inferenceGeo,
      usage,
      usageGaps: report.gaps,
      usageByModel: report.usageByModel,
      rawUsage: tally.rawUsage,
      usageStanding: this.standing(end, usage, report),
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
    if (end.errorType === 'client_abort' && this.sawEnd()) return { outcome: 'complete' };
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

  /** A stream of several images says the end of each. */
  private sawEnd(): boolean {
    const { ownReports } = this.tally;
    const isLast = ownReports === 0 || ownReports >= (this.request.images ?? 1);
    return this.answer?.sawEnd === true && isLast;
  }

  private isCutBetweenImages(end: ExchangeEnd): boolean {
    return this.tally.ownReports > 0 && end.outcome !== 'complete' && !this.sawEnd();
  }

  private standing(end: ExchangeEnd, usage: TokenUsage | undefined, report: Report): UsageStanding {
    if (!bills(this.head)) return 'none';
    const standing = this.answerStanding(end, usage, report);
    if (!end.sentTwice) return standing;
    // What the other sending cost, if anything, nobody said.
    if (standing === 'measured' || standing === 'refused') return 'partial';
    return standing === 'none' ? 'unmetered' : standing;
  }

  private answerStanding(end: ExchangeEnd, usage: TokenUsage | undefined, report: Report): UsageStanding {
    const { tally } = this;
    // An error answer bills nothing, and neither does a request that never got as far as an answer.
    if (end.status === undefined) return end.outcome === 'failed' ? 'none' : 'unmetered';
    if (end.errorType !== undefined && UNANSWERED.has(end.errorType)) return 'unmetered';
    if (end.status >= 400) return 'none';
    if (usage !== undefined) {
      if (this.stoppedShort() || report.isPartial || this.isCutBetweenImages(end)) return 'partial';
      return report.isRefused ? 'refused' : 'measured';
    }
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
  { inputCharacters, images }: Pick<RequestReader, 'inputCharacters' | 'images'>,
): TokenUsage | undefined {
  if (inputCharacters === undefined && images === undefined) return usage;
  return definedUsage({ ...usage, inputCharacters, images });
}
