import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { t } from '../../words/index.js';
import { classNames } from './class-names.js';
import styles from './Menu.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** In a second, quieter line. */
  readonly detail?: string;
  /** Set where the items are a choice of one. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
}

interface MenuProps {
  /** Says what the button opens. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onChoose: (id: string) => void;
  /** What is in the button. */
  readonly children: ReactNode;
  readonly className?: string;
  readonly placement?: 'below' | 'above';
  readonly align?: 'start' | 'end';
  /** Called when it opens, to ask for items that are not there yet. */
  readonly onOpen?: () => void;
  /** Shown where there are no items, such as "Loading…". */
  readonly note?: string;
  readonly disabled?: boolean;
}

/** A button with a menu, after the ARIA pattern: arrows, Home, End, first letters; Escape closes it and nothing else. */
export function Menu(props: MenuProps) {
  const { label, items, onChoose, children, className, placement = 'below', align = 'start', onOpen, note } = props;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];

  useEffect(() => {
    if (!open) return;
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, [open]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: items that come later are focused when they are there
  useEffect(() => {
    if (!open || list.current?.contains(document.activeElement)) return;
    const all = entries();
    (all.find((entry) => entry.getAttribute('aria-checked') === 'true') ?? all[0] ?? list.current)?.focus();
  }, [open, items.length]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!open) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      toggle();
      return;
    }
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const go = (index: number) => all[(index + all.length) % all.length]?.focus();
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at < 0 ? -1 : at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const next = [...all.slice(at + 1), ...all].find((entry) => entry.textContent?.toLowerCase().startsWith(letter));
      next?.focus();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function toggle(): void {
    if (!open) onOpen?.();
    setOpen(!open);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys pressed within bubble up to here
    <div className={styles.root} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={button}
        className={classNames(styles.button, className)}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        disabled={props.disabled}
        onClick={toggle}
      >
        {children}
      </button>
      {open && (
        <div
          role="menu"
          id={id}
          ref={list}
          tabIndex={-1}
          aria-label={label}
          className={classNames(styles.menu, styles[placement], styles[align])}
        >
          {items.map((item) => (
            <button
              type="button"
              key={item.id}
              {...roleOf(item)}
              disabled={item.disabled}
              tabIndex={-1}
              className={styles.item}
              onClick={() => {
                close();
                onChoose(item.id);
              }}
            >
              <span className={styles.label}>{item.label}</span>
              {item.detail && <span className={styles.detail}>{item.detail}</span>}
            </button>
          ))}
          {items.length === 0 && (
            <div role="menuitem" aria-disabled="true" tabIndex={-1} className={styles.note}>
              {note ?? t('app.frame.nothingToChoose')}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function roleOf({ checked }: MenuItem) {
  return checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': checked };
}
