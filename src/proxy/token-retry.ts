import type { UpstreamAccess, UpstreamAccessSource } from '../session/session.js';

/** The one more try that an exchange has when MeshAgent refuses its upstream token. */
export class TokenRetry {
  private used = false;

  constructor(private readonly source: UpstreamAccessSource) {}

  /** True once: whether to look for another token after a refusal. */
  take(): boolean {
    const { used } = this;
    this.used = true;
    return !used;
  }

  /** Another upstream token, if there is one. Rejects as the source does. */
  async another(refused: UpstreamAccess): Promise<UpstreamAccess | undefined> {
    const next = await this.source.accessAfterRefusal(refused.upstreamToken);
    // An exchange keeps the project it began with, also if another was chosen meanwhile.
    return next && { ...next, projectId: refused.projectId };
  }
}
