import type { Meter, ProgressListener } from '../meter/meter.js';
import type { BodyFields, ExchangeEnd, ExchangeHead, ExchangeObserver } from '../shared/exchange.js';
import type { Place, Roster } from '../shared/roster.js';
import type { ActiveExchange } from '../shared/usage.js';

type Known = { -readonly [key in keyof ActiveExchange]: ActiveExchange[key] };

/** An exchange in the list of those under way, kept up to date with what its meter learns, until its end. */
export class WatchedExchange implements ExchangeObserver, ProgressListener {
  private readonly known: Known;
  private readonly place: Place<ActiveExchange>;
  private readonly observer: ExchangeObserver;

  /** `onActivity` is called whenever the list has changed. */
  constructor(
    head: ExchangeHead,
    meter: Meter,
    private readonly active: Roster<ActiveExchange>,
    private readonly onActivity: () => void,
  ) {
    // First: if it throws, nothing has to be taken back.
    const observer = meter.observe(head, this);
    this.observer = observer;
    this.known = {
      id: head.id,
      startedAt: head.startedAt,
      providerName: head.providerName,
      tool: observer.tool.name,
      method: head.method,
      path: head.path,
      transport: head.transport,
      model: undefined,
      timeToFirstChunkMs: undefined,
    };
    this.place = active.add(this.known);
    onActivity();
  }

  onModel(model: string): void {
    this.known.model = model;
    this.onActivity();
  }

  onFirstChunk(timeToFirstChunkMs: number): void {
    this.known.timeToFirstChunkMs = timeToFirstChunkMs;
    this.onActivity();
  }

  onRequestData(chunk: Buffer): void {
    this.observer.onRequestData(chunk);
  }

  onResponseStart(status: number, fields: BodyFields): void {
    this.observer.onResponseStart(status, fields);
  }

  onResponseData(chunk: Buffer): void {
    this.observer.onResponseData(chunk);
  }

  onMessage(from: 'client' | 'upstream', data: Buffer, isBinary: boolean): void {
    this.observer.onMessage(from, data, isBinary);
  }

  onEnd(end: ExchangeEnd): void {
    this.onUnobservedEnd();
    this.observer.onEnd(end);
  }

  onUnobservedEnd(): void {
    this.active.remove(this.place);
    this.onActivity();
  }
}
