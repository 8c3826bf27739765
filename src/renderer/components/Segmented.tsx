import { type KeyboardEvent, useRef } from 'react';
import styles from './Segmented.module.css';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** What a screen reader says in place of a short label such as "7 d". */
  readonly spoken?: string;
}

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of few: a group of radio buttons with one stop for the tab key, moved through by the arrows. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, options, value, onChange, disabled } = props;
  const group = useRef<HTMLDivElement>(null);

  function choose(index: number): void {
    const option = options[(index + options.length) % options.length];
    if (!option) return;
    onChange(option.value);
    group.current?.querySelectorAll<HTMLButtonElement>('[role="radio"]')[options.indexOf(option)]?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = options.findIndex((option) => option.value === value);
    const step = STEPS[event.key];
    if (step !== undefined) choose(at + step);
    else if (event.key === 'Home') choose(0);
    else if (event.key === 'End') choose(options.length - 1);
    else return;
    event.preventDefault();
  }

  return (
    <div className={styles.group} role="radiogroup" aria-label={label} ref={group} onKeyDown={onKeyDown}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio button can't be drawn as a segment that is pressed
        <button
          type="button"
          role="radio"
          key={option.value}
          aria-checked={option.value === value}
          aria-label={option.spoken}
          tabIndex={option.value === value ? 0 : -1}
          disabled={disabled}
          className={styles.option}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
