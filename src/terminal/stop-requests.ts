/** Requests to stop, from signals, keys and closed outputs: the first lets exchanges end, the second cuts them. */
export interface StopRequests {
  readonly asked: Promise<void>;
  readonly insisted: Promise<void>;
  request(): void;
  /** A request that never counts as a second one, however often it comes: nobody reads the output any more. */
  requestOnce(): void;
  /** From now on signals do what they do to any program. */
  close(): void;
}

/** SIGHUP too: the terminal is gone, so nobody can press a key. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function createStopRequests(): StopRequests {
  const asked = Promise.withResolvers<void>();
  const insisted = Promise.withResolvers<void>();
  let requests = 0;
  const request = () => {
    requests += 1;
    (requests === 1 ? asked : insisted).resolve();
  };
  for (const signal of SIGNALS) process.on(signal, request);
  return {
    asked: asked.promise,
    insisted: insisted.promise,
    request,
    requestOnce() {
      if (requests === 0) request();
    },
    close() {
      for (const signal of SIGNALS) process.off(signal, request);
    },
  };
}
