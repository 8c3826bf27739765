import { useState } from 'react';
import { Button } from '../../../components/Button.js';
import { Section } from '../../../components/Section.js';
import { useStore } from '../../../store/use-store.js';
import { useProjects } from '../../session/use-projects.js';
import styles from '../settings.module.css';
import { BudgetForm } from './BudgetForm.js';
import { BudgetRow } from './BudgetRow.js';

const NONE: readonly never[] = [];

/** What may be spent. Limits of keys stand with their keys. */
export function BudgetsSection() {
  const all = useStore((state) => state.app?.budgets ?? NONE);
  const { projects = NONE } = useProjects();
  const [adds, setAdds] = useState(false);
  const budgets = all.filter(({ scope }) => scope.kind !== 'key');
  const nameOf = (id: string) => projects.find((project) => project.id === id)?.name ?? id;
  return (
    <Section
      title="Budgets"
      aside={
        <Button kind="link" aria-expanded={adds} onClick={() => setAdds(true)}>
          Add a budget…
        </Button>
      }
    >
      {adds && <BudgetForm projects={projects} existing={budgets} onDone={() => setAdds(false)} />}
      {budgets.length === 0 && !adds && (
        <p className={styles.none}>None. A budget tells you at 50, 80 and 100 %, and can refuse what goes beyond it.</p>
      )}
      {budgets.map((state) => (
        <BudgetRow key={state.id} state={state} projects={projects} nameOf={nameOf} />
      ))}
    </Section>
  );
}
