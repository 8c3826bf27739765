import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names.js';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** primary: the one thing to press; plain: with an outline; link: text alone; danger: destroys something; onDanger: on red. */
  readonly kind?: 'primary' | 'plain' | 'link' | 'danger' | 'onDanger';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind = 'plain', className, ...rest }: ButtonProps) {
  return <button type="button" className={classNames(styles.button, styles[kind], className)} {...rest} />;
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Says what it does, to screen readers and as a tooltip. */
  readonly label: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={classNames(styles.icon, className)} {...rest} />
  );
}
