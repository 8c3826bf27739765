import { useState } from 'react';
import { t } from '../../../../words/index.js';
import { Button } from '../../../components/Button.js';
import { Section } from '../../../components/Section.js';
import { useStore } from '../../../store/use-store.js';
import { useProjects } from '../../session/use-projects.js';
import styles from '../settings.module.css';
import { BudgetForm } from './BudgetForm.js';
import { BudgetRow } from './BudgetRow.js';

const NONE: readonly never[] = [];

/** What may be spent. Limits of keys are shown with their keys. */
export function BudgetsSection() {
  const all = useStore((state) => state.app?.budgets ?? NONE);
  const { projects = NONE } = useProjects();
  const [adds, setAdds] = useState(false);
  const budgets = all.filter(({ scope }) => scope.kind !== 'key');
  const nameOf = (id: string) => projects.find((project) => project.id === id)?.name ?? id;
  return (
    <Section
      title={t('app.budgets.title')}
      aside={
        <Button kind="link" aria-expanded={adds} onClick={() => setAdds(true)}>
          {t('app.budgets.add')}
        </Button>
      }
    >
      {adds && <BudgetForm projects={projects} existing={budgets} onDone={() => setAdds(false)} />}
      {budgets.length === 0 && !adds && <p className={styles.none}>{t('app.budgets.none')}</p>}
      {budgets.map((state) => (
        <BudgetRow key={state.id} state={state} projects={projects} nameOf={nameOf} />
      ))}
    </Section>
  );
}
