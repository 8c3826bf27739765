import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Section } from '../../components/Section.js';
import { store } from '../../store/use-store.js';
import styles from './settings.module.css';

/** The way to the check, where nothing says what is wrong. */
export function CheckSection() {
  return (
    <Section title={t('app.settings.somethingWrong')}>
      <div className={styles.line}>
        <p className={styles.hint}>{t('app.settings.checkHint')}</p>
        <Button onClick={() => store.show('check')}>{t('app.action.check')}</Button>
      </div>
    </Section>
  );
}
