import { t } from '../../words/index.js';
import type { Toast } from '../store/store.js';
import { store, useStore } from '../store/use-store.js';
import { IconButton } from './Button.js';
import { CloseIcon } from './icons.js';
import styles from './Toasts.module.css';

/** What could not be done, until it is dismissed or over. */
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

function ToastLine({ toast }: { toast: Toast }) {
  const { id, text, hint } = toast;
  return (
    <div className={styles.toast}>
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
