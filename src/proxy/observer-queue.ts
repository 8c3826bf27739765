import type { BodyFields, ExchangeEnd, ExchangeHead, ExchangeObserver, ObserveExchange } from '../shared/exchange.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';

/**
 * Tells observers what passed once it has passed: their calls wait, in order, for others that come soon. So metering adds
 * nothing to the time a byte takes, and what an observer throws can't touch the exchange.
 */
export interface ObserverQueue {
  /** An observer whose calls are deferred to the one that is made of `head`, and so is its making. */
  observe(head: ExchangeHead): ExchangeObserver;
  /** Makes all waiting calls now; within one of them it does nothing. */
  drain(): void;
}

/** Calls wait as plain objects of one shape: a closure for each costs the collector more than the call itself. */
type Call =
  | { readonly observer: Deferred; readonly kind: 'build'; readonly a: ExchangeHead; readonly b: undefined }
  | { readonly observer: Deferred; readonly kind: 'requestData'; readonly a: Buffer; readonly b: undefined }
  | { readonly observer: Deferred; readonly kind: 'responseStart'; readonly a: number; readonly b: BodyFields }
  | { readonly observer: Deferred; readonly kind: 'firstChunk'; readonly a: number; readonly b: undefined }
  | { readonly observer: Deferred; readonly kind: 'responseData'; readonly a: Buffer; readonly b: undefined }
  | { readonly observer: Deferred; readonly kind: 'message'; readonly a: Buffer; readonly b: MessageFacts }
  | { readonly observer: Deferred; readonly kind: 'end'; readonly a: ExchangeEnd; readonly b: undefined };

interface MessageFacts {
  readonly from: 'client' | 'upstream';
  readonly isBinary: boolean;
}

/**
 * How long, and with how many bytes of bodies, calls wait for others. A request or an event that comes alone comes to
 * caches that have gone cold: to meter it by itself costs several times what it costs as one of a batch. And between a
 * request and its answer there is no time to lose. Nobody sees that a record is later by this.
 */
const WAIT_MS = 50;
const WAITING_BYTES = 64 * 1024;

/**
 * `observe` makes the observers. Of an exchange that has ended only what they are told of waits here, not its request and
 * answer: what lives on must be copied by the collector. `onProblem` is told once for each exchange whose observer threw:
 * that one is not called again.
 */
export function createObserverQueue(observe: ObserveExchange, onProblem: (problem: Statement) => void): ObserverQueue {
  let calls: Call[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  let draining = false;

  function defer(call: Call): void {
    calls.push(call);
    if (immediate) return;
    if (call.kind === 'requestData' || call.kind === 'responseData') bytes += call.a.length;
    // Messages are timed as they are told.
    if (bytes >= WAITING_BYTES || call.kind === 'message') immediate = setImmediate(drain);
    else timer ??= setTimeout(drain, WAIT_MS).unref();
  }

  function make(call: Call): void {
    try {
      call.observer.make(call);
    } catch (error) {
      call.observer.drop();
      // The name alone: a meter's error could quote what it was reading.
      const name = error instanceof Error ? error.name : 'unknown';
      onProblem(say('proxy.meterFailed', { name }));
    }
  }

  function drain(): void {
    if (draining) return;
    draining = true;
    const waiting = calls;
    calls = [];
    bytes = 0;
    clearTimeout(timer);
    clearImmediate(immediate);
    timer = undefined;
    immediate = undefined;
    try {
      for (const call of waiting) make(call);
    } finally {
      draining = false;
    }
  }

  return { drain, observe: (head) => new Deferred(head, observe, defer) };
}

class Deferred implements ExchangeObserver {
  private target: ExchangeObserver | undefined;
  /** A call threw: the observer hears nothing more but that the exchange is over. */
  private failed = false;

  constructor(
    head: ExchangeHead,
    private readonly observe: ObserveExchange,
    private readonly defer: (call: Call) => void,
  ) {
    defer({ observer: this, kind: 'build', a: head, b: undefined });
  }

  onRequestData(chunk: Buffer): void {
    this.defer({ observer: this, kind: 'requestData', a: chunk, b: undefined });
  }

  onResponseStart(status: number, fields: BodyFields): void {
    this.defer({ observer: this, kind: 'responseStart', a: status, b: fields });
  }

  onFirstChunk(timeToFirstChunkMs: number): void {
    this.defer({ observer: this, kind: 'firstChunk', a: timeToFirstChunkMs, b: undefined });
  }

  onResponseData(chunk: Buffer): void {
    this.defer({ observer: this, kind: 'responseData', a: chunk, b: undefined });
  }

  onMessage(from: 'client' | 'upstream', data: Buffer, isBinary: boolean): void {
    this.defer({ observer: this, kind: 'message', a: data, b: { from, isBinary } });
  }

  onEnd(end: ExchangeEnd): void {
    this.defer({ observer: this, kind: 'end', a: end, b: undefined });
  }

  make(call: Call): void {
    if (this.failed) {
      if (call.kind === 'end') this.target?.onUnobservedEnd?.();
    } else if (call.kind === 'build') this.target = this.observe(call.a);
    else if (call.kind === 'requestData') this.target?.onRequestData(call.a);
    else if (call.kind === 'responseStart') this.target?.onResponseStart(call.a, call.b);
    else if (call.kind === 'firstChunk') this.target?.onFirstChunk?.(call.a);
    else if (call.kind === 'responseData') this.target?.onResponseData(call.a);
    else if (call.kind === 'message') this.target?.onMessage(call.b.from, call.a, call.b.isBinary);
    else this.target?.onEnd(call.a);
  }

  drop(): void {
    this.failed = true;
  }
}
