import { classNames } from './class-names.js';
import styles from './Switch.module.css';

interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Its name, where no element names it by `aria-labelledby`. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly id?: string;
  readonly disabled?: boolean;
  /** On its way: it can be pressed, and nothing is settled. */
  readonly busy?: boolean;
  readonly size?: 'normal' | 'large';
}

export function Switch(props: SwitchProps) {
  const { checked, onChange, label, labelledBy, describedBy, id, disabled, busy, size = 'normal' } = props;
  return (
    <button
      type="button"
      role="switch"
      id={id}
      aria-checked={checked}
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-busy={busy || undefined}
      disabled={disabled}
      className={classNames(styles.switch, size === 'large' && styles.large, busy && styles.busy)}
      onClick={() => onChange(!checked)}
    >
      <span className={styles.knob} />
    </button>
  );
}
