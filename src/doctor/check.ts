import type { CheckName, Finding, FindingStatus } from '../shared/doctor.js';
import type { ErrorFacts } from '../shared/errors.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';
import type { Facts } from './facts.js';

/** One thing to look at. It reads and asks; it changes nothing on the machine or in the service. */
export interface Check {
  readonly name: CheckName;
  /** Milliseconds after which it is given up; 5000 unless said. */
  readonly limitMs?: number;
  run(facts: Facts, signal: AbortSignal): Promise<readonly Found[]>;
}

/** What a check has found, for each shell to say in its own words (finding-text.ts): see Finding. */
export interface Found extends Pick<Finding, 'id' | 'status'> {
  readonly title: Message;
  readonly meaning?: Message;
  readonly remedy?: { readonly text: Message; readonly command?: string };
  /** A text is a figure or a place as it is. */
  readonly details: readonly (Message | string)[];
}

type Content = Omit<Found, 'id' | 'status' | 'details'> & Partial<Pick<Found, 'details'>>;

/** Builds the findings of one check: `what` is the second half of the id. */
export function findingsOf(name: CheckName): Record<FindingStatus, (what: string, content: Content) => Found> {
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

/** An error as a finding says it: what went wrong, and not what to do, which the finding knows better. */
export function saying(problem: ErrorFacts): Message {
  return say('doctor.error', { problem });
}
