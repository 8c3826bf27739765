import { Button } from '../../components/Button.js';
import { Section } from '../../components/Section.js';
import { store } from '../../store/use-store.js';
import styles from './settings.module.css';

/** The way to the check, where nothing says what is wrong. */
export function CheckSection() {
  return (
    <Section title="Something is wrong?">
      <div className={styles.line}>
        <p className={styles.hint}>
          Looks at port, network, session, project, balance, tools and files, and says what to do. It changes nothing.
        </p>
        <Button onClick={() => store.show('check')}>Check</Button>
      </div>
    </Section>
  );
}
