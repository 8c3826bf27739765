import type { ExchangeRecord, UsageStanding } from '../../shared/usage.js';
import { providerOf } from '../providers/registry.js';
import type { ExchangeEnd, ExchangeHead, ExchangeObserver } from '../proxy/observer.js';
import { type Finding, FindingReader, Tally } from './findings.js';
import type { MeterOptions } from './meter.js';
import { toolOf } from './tool.js';

/** Enough of a message to find its type, which every client and server writes near the start. */
const TYPE_WINDOW_BYTES = 512;
const TYPE = /"type"\s*:\s*"([a-z_.]{1,80})"/;
const ENDS = new Set(['response.done', 'response.completed', 'response.incomplete', 'response.failed']);

interface OpenResponse {
  readonly begunAt: number;
  readonly startedAt: number;
  readonly tally: Tally;
  timeToFirstChunkMs: number | undefined;
  requestBytes: number;
  responseBytes: number;
  responseId: string | undefined;
}

/**
 * One record for each response that passes over a WebSocket, so that each has its own price and times; what passes
 * outside of any response (a session without one, a refused handshake) gives one record for the connection.
 */
export function createWebSocketMeter(head: ExchangeHead, options: MeterOptions): ExchangeObserver {
  const provider = providerOf(head.providerName);
  const tool = toolOf(head.headers);
  const begunAt = performance.now();
  const reader = new FindingReader();
  const reported = new Set<string>();
  let sessionModel: string | undefined;
  let requestModel: string | undefined;
  let open: OpenResponse | undefined;
  let records = 0;
  let refusal: Finding | undefined;
  let status: number | undefined;

  function begin(): OpenResponse {
    open = {
      begunAt: performance.now(),
      startedAt: Date.now(),
      tally: new Tally(provider),
      timeToFirstChunkMs: undefined,
      requestBytes: 0,
      responseBytes: 0,
      responseId: undefined,
    };
    return open;
  }

  function record(fields: Partial<ExchangeRecord> & Pick<ExchangeRecord, 'outcome' | 'usageStanding'>): void {
    records += 1;
    options.onRecord({
      id: records === 1 ? head.id : `${head.id}.${records}`,
      startedAt: head.startedAt,
      providerName: head.providerName,
      projectId: head.projectId,
      tool: tool.name,
      toolVersion: tool.version,
      method: head.method,
      path: head.path,
      transport: 'websocket',
      streaming: true,
      status,
      requestModel: requestModel ?? sessionModel,
      durationMs: performance.now() - begunAt,
      requestBytes: 0,
      responseBytes: 0,
      ...fields,
    });
  }

  function finish(response: OpenResponse, outcome: ExchangeRecord['outcome'], error: Finding['error']): void {
    const usage = response.tally.usage();
    const standing: UsageStanding =
      usage === undefined ? 'unmetered' : outcome === 'interrupted' ? 'partial' : 'measured';
    record({
      outcome,
      usageStanding: outcome === 'failed' && usage === undefined ? 'none' : standing,
      startedAt: response.startedAt,
      responseModel: response.tally.model ?? sessionModel,
      serviceTier: response.tally.serviceTier,
      usage,
      rawUsage: response.tally.rawUsage,
      timeToFirstChunkMs: response.timeToFirstChunkMs,
      durationMs: performance.now() - response.begunAt,
      requestBytes: response.requestBytes,
      responseBytes: response.responseBytes,
      errorType: error?.type,
      errorReason: error?.reason,
    });
  }

  function fromUpstream(type: string, data: Buffer): void {
    if (type === 'session.created' || type === 'session.updated') {
      sessionModel = read(data).model ?? sessionModel;
      return;
    }
    if (type.endsWith('input_audio_transcription.completed')) {
      const finding = read(data);
      if (finding.usage === undefined || (finding.itemId && seen(`item ${finding.itemId}`))) return;
      const tally = new Tally(provider);
      tally.add(finding);
      record({
        outcome: 'complete',
        usageStanding: 'measured',
        startedAt: Date.now(),
        responseModel: finding.model,
        usage: tally.usage(),
        rawUsage: tally.rawUsage,
        durationMs: 0,
        responseBytes: data.length,
      });
      return;
    }
    if (type === 'response.created') {
      const response = open ?? begin();
      const finding = read(data);
      response.tally.add(finding);
      response.responseId = finding.responseId;
      if (finding.model) options.onProgress?.(head.id, { model: finding.model });
      return;
    }
    if (ENDS.has(type)) {
      const finding = read(data);
      if (finding.responseId && seen(`response ${finding.responseId}`)) return;
      const response = open ?? begin();
      response.tally.add(finding);
      open = undefined;
      finish(response, type === 'response.failed' ? 'failed' : 'complete', finding.error);
      return;
    }
    if (type === 'error') {
      const finding = read(data);
      if (open) {
        const response = open;
        open = undefined;
        finish(response, 'failed', finding.error ?? { type: 'error' });
      } else refusal = finding;
    }
  }

  function read(data: Buffer): Finding {
    reader.push(data);
    return reader.end();
  }

  /** Whether it was counted before; a usage counts once for each id. */
  function seen(key: string): boolean {
    if (reported.has(key)) return true;
    reported.add(key);
    return false;
  }

  return {
    onRequestData() {},
    onResponseStart(value) {
      status = value;
    },
    onResponseData(chunk) {
      reader.push(chunk);
      refusal = reader.end();
    },
    onMessage(from, data, isBinary) {
      if (open) {
        if (from === 'client') open.requestBytes += data.length;
        else {
          open.responseBytes += data.length;
          open.timeToFirstChunkMs ??= performance.now() - open.begunAt;
        }
      }
      if (isBinary) return;
      const type = TYPE.exec(data.toString('latin1', 0, TYPE_WINDOW_BYTES))?.[1];
      if (type === undefined) return;
      if (from === 'upstream') fromUpstream(type, data);
      else if (type === 'response.create') {
        begin().requestBytes = data.length;
        const finding = read(data);
        requestModel = finding.model ?? requestModel;
      }
    },
    onEnd(end: ExchangeEnd) {
      if (open) {
        finish(open, 'interrupted', {
          type: end.errorType ?? 'connection_closed',
          reason: end.errorReason ?? 'The connection closed in mid-response.',
        });
        return;
      }
      if (records > 0) return;
      const error = refusal?.error;
      record({
        outcome: end.outcome,
        status: end.status,
        usageStanding: 'none',
        requestBytes: end.requestBytes,
        responseBytes: end.responseBytes,
        errorType: error?.type ?? end.errorType,
        errorReason: error?.reason ?? end.errorReason,
      });
    },
  };
}
