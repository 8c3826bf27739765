import type { ReactNode } from 'react';
import { SHELL_NAMES, SHELLS, type Shell } from '../../shared/env-block.js';
import type { View } from '../../shared/ipc.js';
import { copyEnv, shortShellName } from '../store/actions.js';
import { store, useStore } from '../store/use-store.js';
import { Button, IconButton } from './Button.js';
import { FirstRequestLine } from './FirstRequestLine.js';
import styles from './Footer.module.css';
import { ChartIcon, ChevronDownIcon, GearIcon, ListIcon, PlugIcon, PopOutIcon } from './icons.js';
import { Menu } from './Menu.js';
import { useCopied } from './use-copied.js';

const PLACES: readonly { view: View; label: string; icon: ReactNode }[] = [
  { view: 'usage', label: 'Usage', icon: <ChartIcon /> },
  { view: 'requests', label: 'Requests', icon: <ListIcon /> },
  { view: 'connect', label: 'Connect a tool', icon: <PlugIcon /> },
  { view: 'settings', label: 'Settings', icon: <GearIcon /> },
];

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
          {copied ? 'Copied' : `Copy env · ${shortShellName(shell, platform)}`}
        </Button>
        <Menu
          label="Copy env for another shell"
          placement="above"
          className={styles.more}
          items={SHELLS.map((id) => ({ id, label: SHELL_NAMES[id], checked: id === shell }))}
          onChoose={(id) => copy(id as Shell)}
        >
          <ChevronDownIcon />
        </Menu>
        <nav className={styles.places} aria-label="Views">
          {PLACES.map((place) => (
            <IconButton
              key={place.view}
              label={place.label}
              aria-current={place.view === view ? 'page' : undefined}
              onClick={() => store.show(place.view)}
            >
              {place.icon}
            </IconButton>
          ))}
        </nav>
        {isPopover && (
          <IconButton label="Open in a window" onClick={() => void store.attempt('window:pop-out', undefined)}>
            <PopOutIcon />
          </IconButton>
        )}
      </div>
    </footer>
  );
}
