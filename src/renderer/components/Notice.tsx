import type { ReactNode } from 'react';
import { t } from '../../words/index.js';
import { IconButton } from './Button.js';
import { classNames } from './class-names.js';
import { CloseIcon, WarningIcon } from './icons.js';
import styles from './Notice.module.css';

interface NoticeProps {
  /** danger: red all over, for what must not be overlooked. */
  readonly tone: 'danger' | 'bad' | 'warning' | 'good' | 'plain';
  readonly children: ReactNode;
  /** What to press. */
  readonly action?: ReactNode;
  readonly onDismiss?: () => void;
  /** alert: read out at once; status: when the reader pauses. */
  readonly role?: 'alert' | 'status';
}

/** A bar across the window that stays until its cause is gone, or it is dismissed. */
export function Notice({ tone, children, action, onDismiss, role = 'status' }: NoticeProps) {
  return (
    <div role={role} className={classNames(styles.notice, styles[tone])}>
      {(tone === 'danger' || tone === 'bad' || tone === 'warning') && <WarningIcon />}
      <div className={styles.words}>{children}</div>
      {action}
      {onDismiss && (
        <IconButton label={t('app.action.dismiss')} onClick={onDismiss} className={styles.dismiss}>
          <CloseIcon />
        </IconButton>
      )}
    </div>
  );
}
