import type { ErrorFacts } from '../shared/errors.js';
import type { Statement } from '../words/index.js';
import type { Repriced } from './reprice.js';
import type { Retention } from './retention.js';
import type { Bill, Settled } from './settle.js';

/** What the ledger and its thread say to each other. */

export type QueryMethod = 'totals' | 'breakdown' | 'series' | 'latest' | 'unsure';

export type ThreadQuestion =
  /** Records as JSON Lines: a text crosses to the thread at a fraction of what its objects would cost. */
  | { readonly kind: 'append'; readonly lines: string }
  | { readonly kind: 'query'; readonly method: QueryMethod; readonly query: unknown }
  /** Price by the list that was fetched last. */
  | { readonly kind: 'prices' }
  /** Price what had no price by that list. */
  | { readonly kind: 'reprice'; readonly dryRun: boolean }
  /** Give an exchange the cost that it was billed. */
  | { readonly kind: 'settle'; readonly bill: Bill }
  /** Keep the file in order now, and records for so long from now on; answered when that is done, which other questions need not wait for. */
  | { readonly kind: 'tidy'; readonly retention: Retention }
  | { readonly kind: 'close' };

/** Each question is numbered, and answered with its number, `tidy` and `prices` apart in the order asked. */
export interface NumberedQuestion {
  readonly id: number;
  readonly question: ThreadQuestion;
}

export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'set-aside'; readonly setAside: string }
  | { readonly kind: 'problem'; readonly problem: Statement }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorFacts };

/** What each question is answered with. */
export interface Results {
  /** JSON of a Pricing for each record. */
  readonly append: string;
  readonly query: unknown;
  readonly prices: undefined;
  readonly reprice: Repriced;
  readonly settle: Settled | undefined;
  readonly tidy: undefined;
  readonly close: undefined;
}
