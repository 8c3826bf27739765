/** A stand-in for hosted MeshAgent. */
export interface RunningSimulator {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  /** An access token that is always good. */
  readonly upstreamToken: string;
  readonly projectId: string;
  stop(): Promise<void>;
}

export function createSimulator(): { start(): Promise<RunningSimulator> } {
  throw new Error('not built yet');
}

/** Sends some traffic of every kind through a proxy, until the returned function is called. */
export function runDemoTraffic(_proxyUrl: string, _localKey: string): () => void {
  throw new Error('not built yet');
}
