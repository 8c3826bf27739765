import type { ErrorInfo } from '../../shared/errors.js';
import type { ExchangeRecord, PricedExchange } from '../../shared/usage.js';

/** What the ledger and its thread say to each other. */

export type QueryMethod = 'totals' | 'breakdown' | 'series' | 'latest';

export type Question =
  | { readonly kind: 'append'; readonly id: number; readonly records: readonly ExchangeRecord[] }
  | { readonly kind: 'query'; readonly id: number; readonly method: QueryMethod; readonly query: unknown }
  | { readonly kind: 'close' };

export type Answer =
  | { readonly kind: 'ready'; readonly setAside: string | undefined }
  | { readonly kind: 'unavailable'; readonly error: ErrorInfo }
  | { readonly kind: 'appended'; readonly id: number; readonly records: readonly PricedExchange[] }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorInfo }
  | { readonly kind: 'closed' };
