import styles from './CutName.module.css';

/** Characters at the end that stay in sight: what tells apart names that begin alike. */
const END = 8;

/** A name that is cut in its middle where there is no room for it, and whole in a tooltip. */
export function CutName({ children }: { readonly children: string }) {
  const letters = [...children];
  return (
    <bdi translate="no" className={styles.name} title={children}>
      <span className={styles.start}>{letters.slice(0, -END).join('')}</span>
      <span className={styles.end}>{letters.slice(-END).join('')}</span>
    </bdi>
  );
}
