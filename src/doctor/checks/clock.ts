import { formatDuration } from '../../words/format.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';

const { ok, problem, skipped, warning } = findingsOf('clock');

/** Our clock against the one of MeshAgent: tokens end, and certificates hold, at times of the clock. */
export const clockCheck: Check = { name: 'clock', limitMs: 10_000, run };

const WARN_MS = 30_000;
const WRONG_MS = 120_000;
const SET_CLOCK: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo timedatectl set-ntp true',
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
};

async function run(facts: Facts): Promise<Found[]> {
  const probe = await facts.probe();
  if (probe.kind !== 'answered' || !probe.date) {
    return [skipped('unchecked', { title: say('doctor.clock.unchecked') })];
  }
  const ahead = probe.date.ours - probe.date.theirs;
  const by = Math.abs(ahead);
  if (by < WARN_MS) return [ok('right', { title: say('doctor.clock.right') })];
  const command = SET_CLOCK[facts.context.platform];
  return [
    (by < WRONG_MS ? warning : problem)('wrong', {
      title: say(ahead > 0 ? 'doctor.clock.ahead' : 'doctor.clock.behind', { by: formatDuration(by) }),
      meaning: say('doctor.clock.meaning'),
      remedy: { text: say('doctor.clock.set'), ...(command ? { command } : {}) },
      details: [say('doctor.clock.theirs', { time: new Date(probe.date.theirs).toISOString() })],
    }),
  ];
}
