import { bySeverity, type CheckName, type Finding } from '../shared/doctor.js';
import { toMeshbarError } from '../shared/errors.js';
import { errorText } from '../words/index.js';
import { type Check, findingsOf } from './check.js';
import { CHECKS } from './checks.js';
import type { DoctorContext } from './context.js';
import { createFacts, type Facts } from './facts.js';

export interface DoctorOptions {
  /** Told each finding as soon as it is made. */
  readonly onFinding?: (finding: Finding) => void;
  /** Left out: all checks. */
  readonly only?: readonly CheckName[];
  /** Aborting it gives up what has not been found yet. */
  readonly signal?: AbortSignal;
}

const LIMIT_MS = 5000;

/**
 * Runs all checks side by side, each with a time limit of its own, and gives what they found, worst first. Changes
 * nothing. Never rejects: a check that fails or takes too long is a finding too.
 */
export async function runDoctor(context: DoctorContext, options: DoctorOptions = {}): Promise<Finding[]> {
  const facts = createFacts(context, options.signal);
  const found: Finding[] = [];
  await Promise.all(
    CHECKS.filter(({ name }) => options.only?.includes(name) ?? true).map(async (check) => {
      for (const finding of await runCheck(check, facts, options.signal)) {
        found.push(finding);
        options.onFinding?.(finding);
      }
    }),
  );
  return found.sort(bySeverity);
}

async function runCheck(check: Check, facts: Facts, outer: AbortSignal | undefined): Promise<readonly Finding[]> {
  const { skipped } = findingsOf(check.name);
  const limitMs = check.limitMs ?? LIMIT_MS;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  const signal = outer ? AbortSignal.any([outer, limit.signal]) : limit.signal;
  const givenUp = new Promise<readonly Finding[]>((resolve) => {
    const give = () => {
      const why = limit.signal.aborted ? `after ${limitMs / 1000} s` : 'because it was called off';
      resolve([skipped('given_up', { title: `Looking at ${check.subject} was given up ${why}.` })]);
    };
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  const failed = (error: unknown) => [
    skipped('failed', {
      title: `Looking at ${check.subject} failed.`,
      details: [errorText(toMeshbarError(error).facts, 'terminal').message],
    }),
  ];
  try {
    return await Promise.race([check.run(facts, signal).catch(failed), givenUp]);
  } finally {
    clearTimeout(timer);
  }
}
