import { colourOf, type Kind } from '../colours/use-colours.js';
import styles from './ModelSwatch.module.css';

/** The colour of a model or a tool, as in the chart. */
export function ModelSwatch({ name, kind = 'model' }: { name: string; kind?: Kind }) {
  return <span className={styles.swatch} style={{ backgroundColor: colourOf(kind, name) }} aria-hidden="true" />;
}
