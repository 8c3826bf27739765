import { t } from '../../../words/index.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon } from '../../components/icons.js';
import { Menu } from '../../components/Menu.js';
import { signIn } from '../../store/actions.js';
import { useAction } from '../../store/use-action.js';
import { useAnswer } from '../../store/use-answer.js';
import { useOnChange } from '../../store/use-on-change.js';
import { useStore } from '../../store/use-store.js';
import styles from './session.module.css';
import { personOf } from './session-words.js';

/** Apart from every id that a service could give. */
const ANOTHER = ' another';

/** Other people whose sessions this computer keeps; nothing where there are none. */
export function ProfileMenu() {
  const { value: profiles, reload } = useAnswer('session:profiles', undefined);
  const session = useStore((state) => state.app?.session);
  const { busy, error, run } = useAction();
  const owner = session && `${session.status} ${'user' in session ? session.user.id : ''}`;
  useOnChange(owner, reload);
  if (!profiles?.some((profile) => !profile.current)) return null;
  return (
    <>
      <Menu
        label={t('app.account.switchProfile')}
        align="end"
        className={styles.menu}
        disabled={busy}
        items={[
          ...profiles.map((profile) => ({
            id: profile.id,
            label: personOf(profile),
            detail: profile.signedIn ? profile.apiUrl : t('app.account.signedOut'),
            checked: profile.current,
          })),
          { id: ANOTHER, label: t('app.account.someoneElse') },
        ]}
        onChoose={(id) => void (id === ANOTHER ? signIn() : run('session:use-profile', { id }))}
      >
        {t('app.account.switch')} <ChevronDownIcon />
      </Menu>
      <ErrorText error={error} />
    </>
  );
}
