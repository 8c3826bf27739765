import type { ErrorInfo } from '../../shared/errors.js';
import type { ExchangeRecord } from '../../shared/usage.js';
import type { Pricing } from './store.js';

/** What the ledger and its thread say to each other. */

export type QueryMethod = 'totals' | 'breakdown' | 'series' | 'latest';

export type Question =
  | { readonly kind: 'append'; readonly records: readonly ExchangeRecord[] }
  | { readonly kind: 'query'; readonly method: QueryMethod; readonly query: unknown }
  | { readonly kind: 'close' };

/** Each question is numbered, and answered with its number in the order asked. */
export interface NumberedQuestion {
  readonly id: number;
  readonly question: Question;
}

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly error: ErrorInfo }
  | { readonly kind: 'set-aside'; readonly setAside: string }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorInfo };

/** What each question is answered with. */
export interface Results {
  readonly append: readonly Pricing[];
  readonly query: unknown;
  readonly close: undefined;
}
