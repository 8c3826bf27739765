import type { Finding } from '../../../shared/doctor.js';
import { Button } from '../../components/Button.js';
import { classNames } from '../../components/class-names.js';
import { copyText } from '../../store/actions.js';
import { store } from '../../store/use-store.js';
import styles from './check.module.css';
import { placeOf, STATUS_WORDS } from './check-words.js';

/** One finding; of what is in order its title and figures are enough. */
export function FindingItem({ finding }: { finding: Finding }) {
  const { status, title, meaning, remedy, details } = finding;
  const isGood = status === 'ok';
  return (
    <li className={classNames(styles.finding, styles[status])}>
      {!isGood && <p className={styles.status}>{STATUS_WORDS[status]}</p>}
      <p className={isGood ? undefined : styles.title}>{title}</p>
      {!isGood && meaning && <p className={styles.meaning}>{meaning}</p>}
      {details.length > 0 && (
        <ul className={`selectable ${styles.details}`}>
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
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
      <p>{remedy.text}</p>
      {place ? (
        <Button onClick={() => store.show(place.view)}>{place.label}</Button>
      ) : (
        remedy.command !== undefined && (
          <div className={styles.command}>
            <code className="selectable">{remedy.command}</code>
            <Button kind="link" onClick={() => void copyText(remedy.command ?? '')}>
              Copy
            </Button>
          </div>
        )
      )}
    </div>
  );
}
