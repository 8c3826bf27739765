import { bySeverity, type CheckName } from '../shared/doctor.js';
import { toMeshbarError } from '../shared/errors.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';
import { type Check, type Found, findingsOf, saying } from './check.js';
import { CHECKS } from './checks.js';
import type { DoctorContext } from './context.js';
import { createFacts, type Facts } from './facts.js';

export interface DoctorOptions {
  /** Told each finding as soon as it is made. */
  readonly onFinding?: (finding: Found) => void;
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
export async function runDoctor(context: DoctorContext, options: DoctorOptions = {}): Promise<Found[]> {
  const facts = createFacts(context, options.signal);
  const found: Found[] = [];
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

async function runCheck(check: Check, facts: Facts, outer: AbortSignal | undefined): Promise<readonly Found[]> {
  const { skipped } = findingsOf(check.name);
  const subject: Message = say(`doctor.subject.${check.name}`);
  const limitMs = check.limitMs ?? LIMIT_MS;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  const signal = outer ? AbortSignal.any([outer, limit.signal]) : limit.signal;
  const givenUp = new Promise<readonly Found[]>((resolve) => {
    const give = () => {
      const title: Message = limit.signal.aborted
        ? say('doctor.tookTooLong', { subject, seconds: limitMs / 1000 })
        : say('doctor.calledOff', { subject });
      resolve([skipped('given_up', { title })]);
    };
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  const failed = (error: unknown) => [
    skipped('failed', {
      title: say('doctor.failed', { subject }),
      details: [saying(toMeshbarError(error).facts)],
    }),
  ];
  try {
    return await Promise.race([check.run(facts, signal).catch(failed), givenUp]);
  } finally {
    clearTimeout(timer);
  }
}
