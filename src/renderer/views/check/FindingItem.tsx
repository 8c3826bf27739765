import type { Finding } from '../../../shared/doctor.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { classNames } from '../../components/class-names.js';
import { code, withCode } from '../../components/rich.js';
import { copyText } from '../../store/actions.js';
import { store } from '../../store/use-store.js';
import styles from './check.module.css';
import { placeOf } from './check-words.js';

/** One finding; of what is fine the title and figures are enough. */
export function FindingItem({ finding }: { finding: Finding }) {
  const { status, title, meaning, remedy, details } = finding;
  const isGood = status === 'ok';
  return (
    <li className={classNames(styles.finding, styles[status])} lang="en">
      {!isGood && <p className={styles.status}>{t(`app.check.status.${status}`)}</p>}
      <p className={isGood ? undefined : styles.title}>{withCode(title)}</p>
      {!isGood && meaning && <p className={styles.meaning}>{withCode(meaning)}</p>}
      {details.length > 0 && (
        <ul className={`selectable ${styles.details}`}>
          {details.map((detail) => (
            <li key={detail}>{withCode(detail)}</li>
          ))}
        </ul>
      )}
      {!isGood && remedy && <Remedy finding={finding} remedy={remedy} />}
    </li>
  );
}

function Remedy({ finding, remedy }: { finding: Finding; remedy: NonNullable<Finding['remedy']> }) {
  const place = placeOf(finding);
  return (
    <div className={styles.remedy}>
      <p>{withCode(remedy.text)}</p>
      {place ? (
        <Button onClick={() => store.show(place)}>
          {t(place === 'connect' ? 'app.check.toTools' : 'app.check.toSettings')}
        </Button>
      ) : (
        remedy.command !== undefined && (
          <div className={styles.command}>
            {code([remedy.command])}
            <Button kind="link" onClick={() => void copyText(remedy.command ?? '')}>
              {t('app.action.copy')}
            </Button>
          </div>
        )
      )}
    </div>
  );
}
