import type { Balance } from '../../../shared/session.js';
import { formatClock } from '../../../words/format.js';
import { ErrorText } from '../../components/ErrorText.js';
import { useAnswer } from '../../store/use-answer.js';
import { Row } from './Row.js';
import styles from './session.module.css';
import { formatUsd } from './session-words.js';

/** The project's money; nothing for those who may not see it. */
export function BalanceRow() {
  const { value, error } = useAnswer('session:balance', undefined, { live: true });
  if (error && !value) return <ErrorText error={error} />;
  if (!value) return null;
  return (
    <Row words="Balance" hint={wordsOf(value.value, value.at)}>
      <span className={styles.amount}>{formatUsd(value.value.balanceUsd)}</span>
    </Row>
  );
}

function wordsOf(balance: Balance, at: number): string {
  const { monthlyBudgetUsd: budget, autoRechargeAmountUsd: amount, autoRechargeThresholdUsd: threshold } = balance;
  const words = [`As of ${formatClock(at)}.`];
  if (budget !== undefined) words.push(`Budget ${formatUsd(budget)} a month.`);
  if (balance.autoRechargePaused) words.push('Recharging is paused.');
  else if (amount !== undefined && threshold !== undefined) {
    words.push(`Recharged by ${formatUsd(amount)} below ${formatUsd(threshold)}.`);
  }
  return words.join(' ');
}
