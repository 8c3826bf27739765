import { type ReactNode, useEffect, useRef } from 'react';
import type { ErrorInfo } from '../../../shared/errors.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { ErrorText } from '../../components/ErrorText.js';
import styles from './settings.module.css';

interface InlineFormProps {
  /** What it is for. */
  readonly label: string;
  /** What is done when it is sent, as a verb. */
  readonly action: string;
  readonly busy: boolean;
  readonly error: ErrorInfo | undefined;
  readonly onSubmit: () => void;
  /** Escape too. */
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A few fields in the middle of what they add to. The first one gets the focus, which returns when the form closes. */
export function InlineForm({ label, action, busy, error, onSubmit, onCancel, children }: InlineFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    form.current?.querySelector<HTMLElement>('input, select')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <form
      ref={form}
      aria-label={label}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      {children}
      <ErrorText error={error} />
      <div className={styles.formActions}>
        <Button onClick={onCancel}>{t('app.action.cancel')}</Button>
        <Button type="submit" kind="primary" disabled={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
