import styles from './connect.module.css';

interface CodeProps {
  readonly label: string;
  /** undefined: not there yet. */
  readonly text: string | undefined;
  /** Room kept for it meanwhile. */
  readonly lines: number;
}

/** A text as it will be copied, except for the key. Long lines continue below, a little further in. */
export function Code({ label, text, lines }: CodeProps) {
  return (
    <section className={styles.code} style={{ minHeight: `calc(${lines} * 1.5em + 18px)` }} aria-label={label}>
      <pre className="selectable" translate="no">
        {text
          ?.trimEnd()
          .split('\n')
          .map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and don't move
            <span key={at} className={styles.codeLine}>
              {line}
              {'\n'}
            </span>
          ))}
      </pre>
    </section>
  );
}
