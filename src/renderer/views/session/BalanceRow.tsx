import type { Balance } from '../../../shared/session.js';
import { formatClock, formatUsd } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { ErrorText } from '../../components/ErrorText.js';
import { useAnswer } from '../../store/use-answer.js';
import { Row } from './Row.js';
import styles from './session.module.css';

/** The project's money; nothing for those who may not see it. */
export function BalanceRow() {
  const { value, error } = useAnswer('session:balance', undefined, { live: true });
  if (error && !value) return <ErrorText error={error} />;
  if (!value) return null;
  return (
    <Row words={t('app.account.balance')} hint={wordsOf(value.value, value.at)}>
      <span className={styles.amount}>{formatUsd(value.value.balanceUsd)}</span>
    </Row>
  );
}

function wordsOf(balance: Balance, at: number): string {
  const { monthlyBudgetUsd: budget, autoRechargeAmountUsd: amount, autoRechargeThresholdUsd: threshold } = balance;
  const words = [t('app.account.balanceAsOf', { time: formatClock(at) })];
  if (budget !== undefined) words.push(t('app.account.monthlyBudget', { amount: formatUsd(budget) }));
  if (balance.autoRechargePaused) words.push(t('app.account.rechargePaused'));
  else if (amount !== undefined && threshold !== undefined) {
    words.push(t('app.account.recharge', { amount: formatUsd(amount), threshold: formatUsd(threshold) }));
  }
  return words.join(' ');
}
