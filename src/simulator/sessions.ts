import type { Clock } from './clock.js';
import { newId } from './ids.js';

export interface IssuedSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

interface Family {
  /** What it was granted for; undefined: everything. */
  readonly scopes: readonly string[] | undefined;
  /** The one refresh token that is good. */
  refreshToken: string;
  revoked: boolean;
}

interface Access {
  expiresAt: number;
  readonly family: Family;
}

/** Access and refresh tokens of the one user there is. */
export class Sessions {
  /** Good for ever, whatever happens to the others. */
  readonly upstreamToken = newId('sim-upstream-');
  /** Refresh tokens traded so far. */
  refreshes = 0;
  /** Whether a refresh gives a new refresh token and ends the old one. */
  rotate: boolean;
  accessTokenSeconds: number;
  private readonly access = new Map<string, Access>();
  private readonly families = new Map<string, Family>();

  constructor(
    private readonly clock: Clock,
    options: { rotate: boolean; accessTokenSeconds: number },
  ) {
    this.rotate = options.rotate;
    this.accessTokenSeconds = options.accessTokenSeconds;
  }

  /** `expiresIn` in seconds; `scope` as OAuth writes it, undefined for everything. */
  issue(expiresIn = this.accessTokenSeconds, scope?: string): IssuedSession {
    const family: Family = { refreshToken: newId('sim-refresh-'), revoked: false, scopes: scope?.split(' ') };
    this.families.set(family.refreshToken, family);
    return { ...this.issueAccess(family, expiresIn), refreshToken: family.refreshToken };
  }

  /** Trades a refresh token; undefined where it is unknown, revoked, or was replaced by a newer one. */
  refresh(refreshToken: string): { accessToken: string; expiresIn: number; refreshToken?: string } | undefined {
    const family = this.families.get(refreshToken);
    if (!family || family.revoked || family.refreshToken !== refreshToken) return undefined;
    this.refreshes += 1;
    const issued = this.issueAccess(family, this.accessTokenSeconds);
    if (!this.rotate) return issued;
    family.refreshToken = newId('sim-refresh-');
    this.families.set(family.refreshToken, family);
    return { ...issued, refreshToken: family.refreshToken };
  }

  check(accessToken: string): 'good' | 'expired' | 'unknown' {
    if (accessToken === this.upstreamToken) return 'good';
    const access = this.access.get(accessToken);
    if (!access || access.family.revoked) return 'unknown';
    return access.expiresAt > this.clock.now() ? 'good' : 'expired';
  }

  /** Whether a good access token was granted this scope. */
  allows(accessToken: string, scope: string): boolean {
    const scopes = this.access.get(accessToken)?.family.scopes;
    return scopes === undefined || scopes.includes(scope);
  }

  /** Every access token but the everlasting one is expired from now on; refresh tokens stay good. */
  expireAccessTokens(): void {
    for (const access of this.access.values()) access.expiresAt = 0;
  }

  /** Ends every session, refresh tokens included. */
  revoke(): void {
    for (const family of this.families.values()) family.revoked = true;
  }

  reset(): void {
    this.access.clear();
    this.families.clear();
    this.refreshes = 0;
  }

  private issueAccess(family: Family, expiresIn: number): { accessToken: string; expiresIn: number } {
    const accessToken = newId('sim-access-');
    this.access.set(accessToken, { expiresAt: this.clock.now() + expiresIn * 1000, family });
    return { accessToken, expiresIn };
  }
}
