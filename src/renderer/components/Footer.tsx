import { SHELLS, type Shell } from '../../shared/env-block.js';
import { t } from '../../words/index.js';
import { copyEnv, shortShellName } from '../store/actions.js';
import { store, useStore } from '../store/use-store.js';
import { Button, IconButton } from './Button.js';
import { FirstRequestLine } from './FirstRequestLine.js';
import styles from './Footer.module.css';
import { ChartIcon, ChevronDownIcon, GearIcon, ListIcon, PlugIcon, PopOutIcon } from './icons.js';
import { Menu } from './Menu.js';
import { useCopied } from './use-copied.js';

const PLACES = [
  { view: 'usage', icon: <ChartIcon /> },
  { view: 'requests', icon: <ListIcon /> },
  { view: 'connect', icon: <PlugIcon /> },
  { view: 'settings', icon: <GearIcon /> },
] as const;

/** Connecting a tool in one press, and the way to the other views. */
export function Footer() {
  const view = useStore((state) => state.view);
  const shell = useStore((state) => state.app?.settings.defaultShell ?? 'sh');
  const platform = useStore((state) => state.app?.platform ?? '');
  const isPopover = useStore((state) => state.app?.window === 'popover');
  const [copied, run] = useCopied();
  const copy = (which: Shell) => run(() => copyEnv(which));

  return (
    <footer className={styles.footer}>
      {view !== 'connect' && <FirstRequestLine />}
      <div className={styles.line}>
        <Button kind="primary" className={styles.copy} onClick={() => copy(shell)}>
          {copied ? t('app.action.copied') : t('app.frame.copyEnv', { shell: shortShellName(shell, platform) })}
        </Button>
        <Menu
          label={t('app.frame.copyEnvFor')}
          placement="above"
          className={styles.more}
          items={SHELLS.map((id) => ({ id, label: t(`shell.${id}`), checked: id === shell }))}
          onChoose={(id) => copy(id as Shell)}
        >
          <ChevronDownIcon />
        </Menu>
        <nav className={styles.places} aria-label={t('app.frame.views')}>
          {PLACES.map((place) => (
            <IconButton
              key={place.view}
              label={t(`app.frame.${place.view}`)}
              aria-current={place.view === view ? 'page' : undefined}
              onClick={() => store.show(place.view)}
            >
              {place.icon}
            </IconButton>
          ))}
        </nav>
        {isPopover && (
          <IconButton label={t('app.frame.popOut')} onClick={() => void store.attempt('window:pop-out', undefined)}>
            <PopOutIcon />
          </IconButton>
        )}
      </div>
    </footer>
  );
}
