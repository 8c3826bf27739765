import type { BudgetState } from '../../../shared/budgets.js';
import { percentOf } from '../../../shared/budgets.js';
import { missingText, resetText, spentText, untilText } from '../../../words/format-budget.js';
import { t } from '../../../words/index.js';
import { BudgetBar } from '../../components/BudgetBar.js';
import { Button } from '../../components/Button.js';
import { ErrorText } from '../../components/ErrorText.js';
import { useAction } from '../../store/use-action.js';
import styles from './settings.module.css';

/** What is spent of a budget, drawn and in words, and the way to go on where it refuses requests. */
export function SpentLine({ state }: { state: BudgetState }) {
  const { busy, error, run } = useAction();
  const missing = missingText(state);
  return (
    <>
      <BudgetBar percent={percentOf(state)} marks={state.alerts} />
      <p className={styles.spent}>
        <span>{spentText(state)}</span>
        <span>{t('app.budgets.resets', { when: resetText(state) })}</span>
      </p>
      {missing && <p className={styles.hint}>{t('app.budgets.missing', { missing })}</p>}
      {state.stopped && (
        <div className={styles.stopped} role="status">
          <span>{t('app.budgets.refusedUntil', { until: untilText(state) })}</span>
          <Button disabled={busy} onClick={() => void run('budgets:lift', { id: state.id })}>
            {t('budget.allowUntil', { until: untilText(state) })}
          </Button>
        </div>
      )}
      <ErrorText error={error} />
    </>
  );
}
