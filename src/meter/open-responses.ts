import type { Tally } from './tally.js';

/** A response of a WebSocket that has been asked for or has begun, and has not ended. */
export interface OpenResponse {
  /** Known once upstream has begun it. */
  id: string | undefined;
  /** The lane it was asked for on, where a socket carries several at once. */
  readonly lane: string | undefined;
  /** The model asked for. */
  readonly model: string | undefined;
  /** The tier asked for. */
  readonly serviceTier: string | undefined;
  /** The client's own name for its request. */
  readonly eventId: string | undefined;
  readonly tally: Tally;
  /** Of performance.now(). */
  readonly begunAt: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  timeToFirstChunkMs: number | undefined;
  requestBytes: number;
  responseBytes: number;
}

/** Where an event says which response it belongs to; only looked for while several are open. */
const OWNER = /"(response_id|stream_id)"\s*:\s*"([^"\\]{1,100})"/;
const OWNER_WINDOW_BYTES = 512;

/** The responses under way on one WebSocket, oldest first. */
export class OpenResponses {
  private readonly responses: OpenResponse[] = [];
  /** What the client sent since the last response began: it belongs to the next one (spoken input). */
  private waitingRequestBytes = 0;

  begin(fields: {
    lane: string | undefined;
    model?: string;
    serviceTier?: string;
    eventId?: string;
    tally: Tally;
  }): OpenResponse {
    const response: OpenResponse = {
      id: undefined,
      lane: fields.lane,
      model: fields.model,
      serviceTier: fields.serviceTier,
      eventId: fields.eventId,
      tally: fields.tally,
      begunAt: performance.now(),
      startedAt: Date.now(),
      timeToFirstChunkMs: undefined,
      requestBytes: this.waitingRequestBytes,
      responseBytes: 0,
    };
    this.waitingRequestBytes = 0;
    this.responses.push(response);
    return response;
  }

  withId(id: string | undefined): OpenResponse | undefined {
    return id === undefined ? undefined : this.responses.find((response) => response.id === id);
  }

  /** The oldest one of a lane that upstream has not begun; of those the one with that event id, where both have one. */
  awaited(lane: string | undefined, eventId?: string): OpenResponse | undefined {
    return this.responses.find(
      (response) =>
        response.id === undefined &&
        response.lane === lane &&
        (eventId === undefined || response.eventId === undefined || response.eventId === eventId),
    );
  }

  inLane(lane: string | undefined): OpenResponse | undefined {
    return this.responses.find((response) => response.lane === lane);
  }

  take(response: OpenResponse): void {
    const at = this.responses.indexOf(response);
    if (at !== -1) this.responses.splice(at, 1);
  }

  takeAll(): OpenResponse[] {
    return this.responses.splice(0);
  }

  /** Credits a message to the response it belongs to. */
  countBytes(from: 'client' | 'upstream', data: Buffer): void {
    if (from === 'client') {
      this.waitingRequestBytes += data.length;
      return;
    }
    const response = this.responses.length > 1 ? this.owner(data) : this.responses[0];
    if (!response) return;
    response.responseBytes += data.length;
    response.timeToFirstChunkMs ??= performance.now() - response.begunAt;
  }

  private owner(data: Buffer): OpenResponse | undefined {
    const match = OWNER.exec(data.toString('latin1', 0, OWNER_WINDOW_BYTES));
    if (!match) return undefined;
    const [, field, value] = match;
    return this.responses.find((response) => (field === 'response_id' ? response.id : response.lane) === value);
  }
}
