import { type ReactNode, useId } from 'react';
import styles from './Section.module.css';

interface SectionProps {
  readonly title: string;
  /** At the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** The title of a whole view, with room for what belongs to it at the right. */
export function ViewTitle({ title, aside }: { title: string; aside?: ReactNode }) {
  return (
    <div className={styles.viewHead}>
      <h1 className={styles.viewTitle}>{title}</h1>
      {aside}
    </div>
  );
}
