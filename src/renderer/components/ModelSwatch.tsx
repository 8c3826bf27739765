import { colourOf, type Kind } from '../colours/colours.js';
import styles from './ModelSwatch.module.css';

type ModelSwatchProps = { readonly name: string; readonly kind?: Kind } | { readonly colour: string };

/** The colour of a model or a tool, as in the chart. */
export function ModelSwatch(props: ModelSwatchProps) {
  const colour = 'colour' in props ? props.colour : colourOf(props.kind ?? 'model', props.name);
  return <span className={styles.swatch} style={{ backgroundColor: colour }} aria-hidden="true" />;
}
