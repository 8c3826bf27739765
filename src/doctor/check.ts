import type { CheckName, Finding, FindingStatus } from '../shared/doctor.js';
import type { Facts } from './facts.js';

/** One thing to look at. It reads and asks; it changes nothing on the machine or in the service. */
export interface Check {
  readonly name: CheckName;
  /** As a person calls it: "the port". */
  readonly subject: string;
  /** Milliseconds after which it is given up; 5000 unless said. */
  readonly limitMs?: number;
  run(facts: Facts, signal: AbortSignal): Promise<readonly Finding[]>;
}

type Content = Omit<Finding, 'id' | 'status' | 'details'> & { readonly details?: readonly string[] };

/** Builds the findings of one check: `what` is the second half of the id. */
export function findingsOf(name: CheckName): Record<FindingStatus, (what: string, content: Content) => Finding> {
  const make = (status: FindingStatus) => (what: string, content: Content) => ({
    id: `${name}.${what}` as const,
    status,
    details: [],
    ...content,
  });
  return {
    problem: make('problem'),
    warning: make('warning'),
    note: make('note'),
    skipped: make('skipped'),
    ok: make('ok'),
  };
}
