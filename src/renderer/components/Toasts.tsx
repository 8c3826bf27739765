import { useEffect } from 'react';
import { t } from '../../words/index.js';
import type { Toast } from '../store/store.js';
import { store, useStore } from '../store/use-store.js';
import { IconButton } from './Button.js';
import { classNames } from './class-names.js';
import { CloseIcon } from './icons.js';
import styles from './Toasts.module.css';

/** What has just happened. Failures stay until they are dismissed; the rest goes by itself. */
export function Toasts() {
  const toasts = useStore((state) => state.toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

const SHOWN_MS = 4000;

function ToastLine({ toast }: { toast: Toast }) {
  const { id, tone, text, hint } = toast;
  useEffect(() => {
    if (tone === 'bad') return;
    const timer = setTimeout(() => store.dismissToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone]);
  return (
    <div className={classNames(styles.toast, styles[tone])}>
      <div className={styles.words}>
        {text}
        {hint && <div className={styles.hint}>{hint}</div>}
      </div>
      <IconButton label={t('app.action.dismiss')} onClick={() => store.dismissToast(id)} className={styles.dismiss}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}
