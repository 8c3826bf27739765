import type { Statement } from '../words/index.js';

/** A failure as the client is told it, in the shape of the provider it called, so that its SDK raises its own error. */
export interface Failure {
  readonly status: number;
  /** Stable, lower snake case; kept in the record. */
  readonly errorType: string;
  /** Said in English, wherever it goes. */
  readonly reason: Statement;
  /** Header fields of the answer besides, flat. */
  readonly headers?: readonly string[];
}
