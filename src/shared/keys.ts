import type { BudgetPeriod } from './budgets.js';

/** Named local keys, as shells show them. Never the key itself. */

/** Every named key begins with this, so that people and secret scanners know one. */
export const KEY_PREFIX = 'mb-';

export interface KeyLimit {
  /** Surcharge included; nano-USD. */
  readonly limitNanoUsd: number;
  readonly period: BudgetPeriod;
}

/** ended: it was temporary, and the proxy has stopped. */
export type KeyStanding = 'active' | 'expired' | 'revoked' | 'ended';

export interface NamedKey {
  /** Such as "key_k3v9x2": what records name. */
  readonly id: string;
  readonly label: string;
  /** Unix milliseconds, as all times here. */
  readonly createdAt: number;
  /** Spending beyond it is refused. */
  readonly limit?: KeyLimit;
  readonly expiresAt?: number;
  /** Ends when the proxy stops. */
  readonly temporary: boolean;
  readonly revokedAt?: number;
  readonly standing: KeyStanding;
}
