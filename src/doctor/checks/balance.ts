import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { BalanceFields } from '../service.js';

const { ok, problem, skipped, warning } = findingsOf('balance');

/** Whether the project has money left, where the service tells. */
export const balanceCheck: Check = { name: 'balance', run };

/** USD: a few calls of a large model. */
const LOW_USD = 1;

async function run(facts: Facts): Promise<Found[]> {
  const { project, token } = await facts.service();
  if (!project || token.kind === 'none') return [];
  const told = await facts.calls.balance(project.id);
  switch (told.kind) {
    case 'told':
      return [judge(told.value)];
    case 'forbidden':
      return [skipped('hidden', { title: say('doctor.balance.hidden') })];
    case 'refused':
      return [skipped('unchecked', { title: say('doctor.balance.refused') })];
    default:
      return [skipped('unchecked', { title: say('doctor.balance.unchecked', { why: told.why }) })];
  }
}

function judge(fields: BalanceFields): Found {
  const { balance, auto_recharge_amount: amount, auto_recharge_threshold: threshold, auto_recharge_paused } = fields;
  const rule = amount !== undefined && amount > 0 && threshold !== undefined;
  const key = auto_recharge_paused ? 'doctor.balance.rechargePaused' : 'doctor.balance.rechargeOn';
  const details = [
    rule ? say(key, { amount: usd(amount), threshold: usd(threshold) }) : say('doctor.balance.rechargeOff'),
  ];
  const recharges = rule && auto_recharge_paused !== true;
  const remedy = { text: say('doctor.balance.add') } as const;
  const values = { balance: usd(balance) };
  if (balance <= 0) {
    // A recharge may be under way.
    return (recharges ? warning : problem)('empty', {
      title: say('doctor.balance.empty', values),
      meaning: say('doctor.balance.emptyMeaning'),
      remedy,
      details,
    });
  }
  if (balance < LOW_USD && !recharges) {
    return warning('low', { title: say('doctor.balance.low', values), remedy, details });
  }
  return ok('enough', { title: say('doctor.balance.enough', values), details });
}

function usd(amount: number): string {
  return `${amount < 0 ? '-' : ''}$${Math.abs(amount).toFixed(2)}`;
}
