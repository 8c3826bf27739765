import { memo } from 'react';
import type { BudgetState } from '../../../shared/budgets.js';
import { budgetsNearLimit, percentOf } from '../../../shared/budgets.js';
import { stopText, untilText, usedText } from '../../../words/format-budget.js';
import { t } from '../../../words/index.js';
import { BudgetBar } from '../../components/BudgetBar.js';
import { Button } from '../../components/Button.js';
import { useAction } from '../../store/use-action.js';
import { useStore } from '../../store/use-store.js';
import { useProjects } from '../session/use-projects.js';
import styles from './BudgetLines.module.css';

/** The settings show them all. */
const MOST = 3;

/** Budgets that are nearly used up, or stop requests; nothing where all is well. */
export const BudgetLines = memo(function BudgetLines() {
  const budgets = useStore((state) => state.app?.budgets);
  // What refuses every request is in the head.
  const blocking = useStore(({ app }) =>
    app?.status.cause?.kind === 'budget_used_up' ? app.status.cause.budget.id : undefined,
  );
  const told = budgetsNearLimit(budgets ?? [])
    .filter(({ id }) => id !== blocking)
    .slice(0, MOST);
  const { projects } = useProjects(told.some(({ scope }) => scope.kind === 'project'));
  const nameOf = (id: string) => projects?.find((project) => project.id === id)?.name ?? id;
  if (told.length === 0) return null;
  return (
    <section aria-label={t('app.usage.budgets')} className={styles.lines}>
      {told.map((state) =>
        state.stopped ? (
          <Stopped key={state.id} state={state} nameOf={nameOf} />
        ) : (
          <div key={state.id} className={styles.line}>
            <span>
              {state.liftedUntil === undefined
                ? usedText(state, nameOf)
                : t('app.usage.lifted', { used: usedText(state, nameOf), until: untilText(state) })}
            </span>
            <BudgetBar percent={percentOf(state)} />
          </div>
        ),
      )}
    </section>
  );
});

function Stopped({ state, nameOf }: { state: BudgetState; nameOf: (id: string) => string }) {
  const { busy, error, run } = useAction();
  return (
    <div className={styles.stopped} role="alert">
      <p>{error ? error.message : stopText(state, nameOf)}</p>
      <Button disabled={busy} onClick={() => void run('budgets:lift', { id: state.id })}>
        {t('budget.allowUntil', { until: untilText(state) })}
      </Button>
    </div>
  );
}
