import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes } from 'react';
import { classNames } from './class-names.js';
import styles from './Field.module.css';

interface FieldRowProps {
  /** Of the control, whose `id` this is. */
  readonly htmlFor: string;
  readonly label: string;
  /** A sentence below; the control names it by `aria-describedby={`${id}-hint`}`. */
  readonly hint?: ReactNode;
  /** Takes the place of the hint, as an alert. */
  readonly error?: string;
  /** The control stands below, as wide as the row: for what is long. */
  readonly stacked?: boolean;
  /** The control, at the right. */
  readonly children: ReactNode;
}

/** A line of a form: label and hint at the left, the control at the right. */
export function FieldRow({ htmlFor, label, hint, error, stacked, children }: FieldRowProps) {
  return (
    <div className={classNames(styles.row, stacked && styles.stacked)}>
      <div className={styles.words}>
        <label htmlFor={htmlFor} id={`${htmlFor}-label`}>
          {label}
        </label>
        {(error || hint) && (
          <p
            id={`${htmlFor}-hint`}
            className={classNames(styles.hint, error !== undefined && styles.error)}
            role={error ? 'alert' : undefined}
          >
            {error ?? hint}
          </p>
        )}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly invalid?: boolean;
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ invalid, mono, className, ...rest }: TextFieldProps) {
  return (
    <input
      aria-invalid={invalid || undefined}
      spellCheck={false}
      autoComplete="off"
      className={classNames(styles.field, mono && styles.mono, className)}
      {...rest}
    />
  );
}

interface SelectProps<Value extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** The system's own list: it opens beyond the window's edge and is known to every screen reader. */
export function Select<Value extends string>({ options, onChange, className, ...rest }: SelectProps<Value>) {
  return (
    <select
      className={classNames(styles.field, styles.select, className)}
      onChange={(event) => onChange(event.target.value as Value)}
      {...rest}
    >
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
