import type { Finding } from '../../shared/doctor.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { BalanceFields } from '../service.js';

const { ok, problem, skipped, warning } = findingsOf('balance');

/** Whether the project has money left, where the service tells. */
export const balanceCheck: Check = { name: 'balance', subject: 'the balance', run };

/** USD: a few calls of a large model. */
const LOW_USD = 1;

async function run(facts: Facts): Promise<Finding[]> {
  const { project, token } = await facts.service();
  if (!project || token.kind === 'none') return [];
  const told = await facts.calls.balance(project.id);
  switch (told.kind) {
    case 'told':
      return [judge(told.value)];
    case 'forbidden':
      return [skipped('hidden', { title: 'MeshAgent does not let you see the balance of the project.' })];
    case 'refused':
      return [skipped('unchecked', { title: 'The balance was not told: the access token is not accepted.' })];
    default:
      return [skipped('unchecked', { title: `The balance was not told. ${told.why}` })];
  }
}

function judge(fields: BalanceFields): Finding {
  const { balance, auto_recharge_amount: amount, auto_recharge_threshold: threshold, auto_recharge_paused } = fields;
  const hasRule = amount !== undefined && amount > 0 && threshold !== undefined;
  const details = hasRule
    ? [`Auto-recharge ${auto_recharge_paused ? 'is paused' : 'is on'}: ${usd(amount)} below ${usd(threshold)}`]
    : ['Auto-recharge is off'];
  const recharges = hasRule && auto_recharge_paused !== true;
  const remedy = { text: "Add credit in MeshAgent's settings of the project, or ask its owner to." };
  if (balance <= 0) {
    // A recharge may be under way.
    return (recharges ? warning : problem)('empty', {
      title: `The project has no credit left (${usd(balance)}).`,
      meaning: 'MeshAgent refuses requests until there is.',
      remedy,
      details,
    });
  }
  if (balance < LOW_USD && !recharges) {
    return warning('low', { title: `The project has little credit left (${usd(balance)}).`, remedy, details });
  }
  return ok('enough', { title: `The project has ${usd(balance)} of credit.`, details });
}

function usd(amount: number): string {
  return `${amount < 0 ? '-' : ''}$${Math.abs(amount).toFixed(2)}`;
}
