import type { ExchangeObserver } from '../exchange.js';

/**
 * Tells observers what passed once it has passed: their calls wait, in order, until the event loop has sent what it
 * had to send. So metering adds nothing to the time a byte takes, and what an observer throws can't touch the exchange.
 */
export interface ObserverQueue {
  /** An observer whose calls are deferred to the one that `build` makes. */
  observe(build: () => ExchangeObserver): ExchangeObserver;
  /** Makes all waiting calls now. */
  drain(): void;
}

/** `onProblem` is told once for each exchange whose observer threw: that one is not called again. */
export function createObserverQueue(onProblem: (message: string) => void): ObserverQueue {
  let calls: (() => void)[] = [];

  function defer(call: () => void): void {
    if (calls.push(call) === 1) setImmediate(drain);
  }

  function drain(): void {
    const waiting = calls;
    calls = [];
    for (const call of waiting) call();
  }

  return {
    drain,
    observe(build) {
      let target: ExchangeObserver | undefined;
      const guarded = (call: () => void) => {
        try {
          call();
        } catch (error) {
          target = undefined;
          // The name alone: a meter's error could quote what it was reading.
          const name = error instanceof Error ? error.name : 'unknown';
          onProblem(`The meter failed on an exchange (${name}); it goes unmetered.`);
        }
      };
      const later = (call: () => void) => defer(() => guarded(call));
      later(() => {
        target = build();
      });
      return {
        onRequestData: (chunk) => later(() => target?.onRequestData(chunk)),
        onResponseStart: (status, headers) => later(() => target?.onResponseStart(status, headers)),
        onResponseData: (chunk) => later(() => target?.onResponseData(chunk)),
        onMessage: (from, data, isBinary) => later(() => target?.onMessage(from, data, isBinary)),
        onEnd: (end) => later(() => target?.onEnd(end)),
      };
    },
  };
}
