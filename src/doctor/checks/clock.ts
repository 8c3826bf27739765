import type { Finding } from '../../shared/doctor.js';
import { formatDuration } from '../../words/format.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';

const { ok, problem, skipped, warning } = findingsOf('clock');

/** Our clock against the one of MeshAgent: tokens end, and certificates hold, at times of the clock. */
export const clockCheck: Check = { name: 'clock', subject: 'the clock', limitMs: 10_000, run };

const WARN_MS = 30_000;
const WRONG_MS = 120_000;
const SET_CLOCK: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo timedatectl set-ntp true',
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
};

async function run(facts: Facts): Promise<Finding[]> {
  const probe = await facts.probe();
  if (probe.kind !== 'answered' || !probe.date) {
    return [skipped('unchecked', { title: 'The clock was not compared: MeshAgent told no time.' })];
  }
  const ahead = probe.date.ours - probe.date.theirs;
  const by = Math.abs(ahead);
  if (by < WARN_MS) return [ok('right', { title: 'The clock of this machine is right.' })];
  const command = SET_CLOCK[facts.context.platform];
  return [
    (by < WRONG_MS ? warning : problem)('wrong', {
      title: `The clock of this machine is ${formatDuration(by)} ${ahead > 0 ? 'ahead' : 'behind'}.`,
      meaning: 'Sessions seem to end too early or are used after they have ended, and usage is filed at wrong times.',
      remedy: { text: 'Let the system set its clock by the network:', ...(command ? { command } : {}) },
      details: [`MeshAgent says ${new Date(probe.date.theirs).toISOString()}`],
    }),
  ];
}
