import styles from './connect.module.css';

interface CodeProps {
  readonly label: string;
  /** undefined: not there yet. */
  readonly text: string | undefined;
  /** Room that is kept meanwhile. */
  readonly lines: number;
}

/** A text as it will be copied, but for the key. It scrolls sideways, by keyboard too. */
export function Code({ label, text, lines }: CodeProps) {
  return (
    <section className={styles.code} style={{ minHeight: `calc(${lines} * 1.5em + 18px)` }} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <pre className="selectable" tabIndex={0}>
        {text?.trimEnd()}
      </pre>
    </section>
  );
}
