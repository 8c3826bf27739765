/** The session as the proxy and the shells see it. How it is kept stands in this folder's other files. */

export interface UpstreamAccess {
  /** Base URL of hosted MeshAgent, without a trailing slash. */
  readonly baseUrl: string;
  /** What we show MeshAgent. A secret. */
  readonly upstreamToken: string;
  readonly projectId: string;
}

export interface UpstreamAccessSource {
  /**
   * What to send with a request that starts now. Synchronous while a fresh token is at hand (the hot path).
   * Throws or rejects with MeshbarError: no_upstream_token, no_project, session_expired, session_offline.
   */
  access(): UpstreamAccess | Promise<UpstreamAccess>;
  /**
   * Upstream refused `refusedToken` with a 401: gives another token, refreshing at most once however many ask.
   * Undefined: there is no other (a token from the environment, a refused refresh).
   */
  accessAfterRefusal(refusedToken: string): Promise<UpstreamAccess | undefined>;
}
