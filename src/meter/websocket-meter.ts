import type { Endpoint } from '../providers/endpoints.js';
import { meteredEndpointOf } from '../providers/registry.js';
import type { BodyFields, ExchangeEnd, ExchangeHead } from '../shared/exchange.js';
import type { ExchangeRecord } from '../shared/usage.js';
import { english } from '../words/index.js';
import type { DocumentFinding, ProviderError } from './finding.js';
import { FindingReader } from './finding-reader.js';
import type { MeteredExchange, MeterOptions, ProgressListener } from './meter.js';
import { type OpenResponse, OpenResponses } from './open-responses.js';
import { Tally } from './tally.js';
import { type CallingTool, toolOf } from './tool.js';

/** The type where providers and their clients write it: first, or behind the event's id. */
const USUAL_TYPE = /^\s*\{\s*(?:"event_id"\s*:\s*"[^"\\]*"\s*,\s*)?"type"\s*:\s*"([a-z_.]{1,80})"/;
const TYPE_WINDOW_BYTES = 256;
const CANCELLED: Readonly<Record<string, string>> = {
  client_cancelled: english('meter.clientCancelled'),
  turn_detected: english('meter.turnDetected'),
};

interface FinishOptions {
  /** What reported usage is. */
  readonly whole?: 'measured' | 'partial';
  readonly labelled?: boolean | undefined;
}

/**
 * One record for each response that passes over a WebSocket, so that each has its own price and times; what passes
 * outside of any response (a session without one, a refused handshake) gives one record for the connection.
 */
export class WebSocketMeter implements MeteredExchange {
  readonly tool: CallingTool;
  private readonly endpoint: Endpoint;
  private readonly reader = new FindingReader();
  private readonly open = new OpenResponses();
  /** Usage counts once for each id. */
  private readonly reported = new Set<string>();
  private sessionModel: string | undefined;
  private transcriptionModel: string | undefined;
  private status: number | undefined;
  /** What upstream said against the connection itself. */
  private refusal: DocumentFinding | undefined;
  private records = 0;

  constructor(
    private readonly head: ExchangeHead,
    private readonly options: MeterOptions,
    private readonly progress: ProgressListener | undefined,
  ) {
    this.endpoint = meteredEndpointOf(head.providerName, head.path);
    this.tool = toolOf(head.headers);
  }

  onRequestData(): void {}

  onResponseStart(status: number, _fields: BodyFields): void {
    this.status = status;
  }

  /** The body of a refused handshake. */
  onResponseData(chunk: Buffer): void {
    this.reader.push(chunk);
  }

  onMessage(from: 'client' | 'upstream', data: Buffer, isBinary: boolean): void {
    this.open.countBytes(from, data);
    if (isBinary) return;
    const type = USUAL_TYPE.exec(data.toString('latin1', 0, TYPE_WINDOW_BYTES))?.[1] ?? this.read(data).type;
    if (from === 'upstream') this.fromUpstream(type, data);
    else if (type === 'response.create') this.asked(this.read(data));
  }

  onEnd(end: ExchangeEnd): void {
    const error = endOfOpenResponses(end);
    const open = this.open.takeAll();
    for (const response of open) {
      // All of a connection is billed under one label. Only of the last one to end, alone, can it be told apart what it cost.
      this.finish(response, 'interrupted', error, { labelled: open.length === 1 && this.head.labelled });
    }
    if (this.records > 0) return;
    const refusal = this.refusal ?? this.reader.end();
    const refused = end.status !== undefined && end.status >= 400;
    this.record({
      outcome: end.outcome,
      status: end.status,
      responseModel: this.sessionModel,
      usageStanding: 'none',
      durationMs: end.durationMs,
      requestBytes: end.requestBytes,
      responseBytes: end.responseBytes,
      errorType: refusal.error?.type ?? end.errorType ?? (refused ? `http_${end.status}` : undefined),
      errorReason: refusal.error?.reason ?? end.errorReason ?? (refused ? refusal.message : undefined),
    });
  }

  private asked({ model, serviceTier, streamId, eventId }: DocumentFinding): void {
    const tier = this.endpoint.hasTiers ? (serviceTier ?? 'default') : undefined;
    this.open.begin({ lane: streamId, model, serviceTier: tier, eventId, tally: this.tally() });
    if (model) this.progress?.onModel(model);
  }

  private fromUpstream(type: string, data: Buffer): void {
    if (type === 'session.created' || type === 'session.updated') this.configured(this.read(data));
    else if (type === this.endpoint.webSocket?.transcribed) this.transcribed(this.read(data), data.length);
    else if (type === 'response.created') this.created(this.read(data));
    else if (this.endpoint.webSocket?.ends.has(type)) this.ended(this.read(data), type);
    else if (type === 'error') this.failed(this.read(data));
  }

  private configured({ model, transcriptionModel }: DocumentFinding): void {
    this.sessionModel = model ?? this.sessionModel;
    this.transcriptionModel = transcriptionModel ?? this.transcriptionModel;
    if (model) this.progress?.onModel(model);
  }

  /** Input that another model wrote down, for a price of its own. */
  private transcribed(finding: DocumentFinding, bytes: number): void {
    if (finding.usage === undefined || this.seen('item', finding.itemId)) return;
    const tally = this.tally();
    tally.add(finding);
    const { usage, gaps, isPartial } = tally.report();
    this.record({
      outcome: 'complete',
      usageStanding: isPartial ? 'partial' : 'measured',
      startedAt: Date.now(),
      responseModel: this.transcriptionModel,
      usage,
      usageGaps: gaps,
      rawUsage: tally.rawUsage,
      durationMs: 0,
      responseBytes: bytes,
    });
  }

  private created(finding: DocumentFinding): void {
    const { responseId, streamId, model } = finding;
    // In a realtime session the server begins responses by itself.
    const response = this.open.awaited(streamId) ?? this.open.begin({ lane: streamId, tally: this.tally() });
    response.id = responseId;
    response.tally.add(finding);
    if (model) this.progress?.onModel(model);
  }

  private ended(finding: DocumentFinding, type: string): void {
    const { responseId, streamId, status } = finding;
    if (this.seen('response', responseId)) return;
    const response =
      this.open.withId(responseId) ??
      this.open.awaited(streamId) ??
      this.open.begin({ lane: streamId, tally: this.tally() });
    this.open.take(response);
    response.tally.add(finding);
    if (type === 'response.failed' || status === 'failed') {
      this.finish(response, 'failed', finding.error ?? { type: 'response_failed' });
    } else if (status === 'cancelled') {
      const reason = CANCELLED[finding.statusReason ?? ''];
      this.finish(response, 'interrupted', { type: 'response_cancelled', reason }, { whole: 'measured' });
    } else this.finish(response, 'complete', undefined, { whole: 'measured' });
  }

  /**
   * The Responses API ends a response with an error. A realtime session goes on after one: there it is the refusal of a
   * response that was asked for and has not begun, or of something else the client said.
   */
  private failed(finding: DocumentFinding): void {
    const { streamId, eventId } = finding;
    const error = finding.error ?? { type: 'error' };
    const response =
      this.open.awaited(streamId, eventId) ??
      (this.endpoint.webSocket?.errorEndsResponse ? this.open.inLane(streamId) : undefined);
    if (response) {
      this.open.take(response);
      this.finish(response, 'failed', error);
    } else this.refusal = { ...finding, error };
  }

  private finish(
    response: OpenResponse,
    outcome: ExchangeRecord['outcome'],
    error: ProviderError | undefined,
    { whole = 'partial', labelled }: FinishOptions = {},
  ): void {
    const { tally } = response;
    const { model, usage, usageByModel, gaps, isPartial } = tally.report();
    // Refused before it began: it cost nothing.
    const nothing = outcome === 'failed' && response.id === undefined && usage === undefined;
    const reported = isPartial ? 'partial' : outcome === 'failed' ? 'measured' : whole;
    this.record({
      outcome,
      usageStanding: nothing ? 'none' : usage === undefined ? 'unmetered' : reported,
      startedAt: response.startedAt,
      requestModel: response.model,
      responseModel: model ?? this.sessionModel,
      serviceTier: tally.serviceTier,
      requestServiceTier: response.serviceTier,
      usage,
      usageGaps: gaps,
      usageByModel,
      rawUsage: tally.rawUsage,
      timeToFirstChunkMs: response.timeToFirstChunkMs,
      durationMs: performance.now() - response.begunAt,
      requestBytes: response.requestBytes,
      responseBytes: response.responseBytes,
      labelled,
      errorType: error?.type,
      errorReason: error?.reason,
    });
  }

  private record(
    fields: Partial<ExchangeRecord> & Pick<ExchangeRecord, 'outcome' | 'usageStanding' | 'durationMs'>,
  ): void {
    const { head, tool } = this;
    this.records += 1;
    const record: ExchangeRecord = {
      id: this.records === 1 ? head.id : `${head.id}.${this.records}`,
      startedAt: head.startedAt,
      providerName: head.providerName,
      projectId: head.projectId,
      keyId: head.keyId,
      tool: tool.name,
      toolVersion: tool.version,
      method: head.method,
      path: head.path,
      transport: 'websocket',
      streaming: true,
      status: this.status,
      requestBytes: 0,
      responseBytes: 0,
      ...fields,
    };
    this.options.onRecord(record, head);
  }

  private tally(): Tally {
    return new Tally(this.endpoint);
  }

  private read(data: Buffer): DocumentFinding {
    this.reader.push(data);
    return this.reader.end();
  }

  /** Whether it was counted before. What has no id counts each time. */
  private seen(kind: string, id: string | undefined): boolean {
    if (id === undefined) return false;
    const key = `${kind} ${id}`;
    if (this.reported.has(key)) return true;
    this.reported.add(key);
    return false;
  }
}

/** Why responses that had not ended will not. */
function endOfOpenResponses({ errorType, errorReason, closedBy }: ExchangeEnd): ProviderError {
  if (errorType !== undefined) return { type: errorType, reason: errorReason };
  if (closedBy === 'client') return { type: 'client_abort', reason: english('meter.clientLeft') };
  return { type: 'connection_closed', reason: english('meter.connectionClosed') };
}
