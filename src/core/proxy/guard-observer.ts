import type { ExchangeObserver } from './observer.js';

/**
 * An observer that can't touch the exchange: the first thing it throws is reported, and it is not called again. The
 * message is the error's name alone, since a meter's error could quote what it was reading.
 */
export function guardObserver(build: () => ExchangeObserver, onProblem: (message: string) => void): ExchangeObserver {
  let observer: ExchangeObserver | undefined;
  const guarded = (call: (target: ExchangeObserver) => void) => {
    if (!observer) return;
    try {
      call(observer);
    } catch (error) {
      observer = undefined;
      onProblem(
        `The meter failed on an exchange (${error instanceof Error ? error.name : 'unknown'}); it goes unmetered.`,
      );
    }
  };
  try {
    observer = build();
  } catch (error) {
    onProblem(
      `The meter failed on an exchange (${error instanceof Error ? error.name : 'unknown'}); it goes unmetered.`,
    );
  }
  return {
    onRequestData: (chunk) => guarded((target) => target.onRequestData(chunk)),
    onResponseStart: (status, headers) => guarded((target) => target.onResponseStart(status, headers)),
    onResponseData: (chunk) => guarded((target) => target.onResponseData(chunk)),
    onMessage: (from, data, isBinary) => guarded((target) => target.onMessage(from, data, isBinary)),
    onEnd: (end) => guarded((target) => target.onEnd(end)),
  };
}
