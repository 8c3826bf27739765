import { createElement, Fragment, type ReactNode } from 'react';
import { parts, type RichKey, type RichValues } from '../../words/index.js';

/**
 * A sentence of the catalogue with tags in it: `rich('app.demo', { strong: (inner) => <strong>{inner}</strong> })`. One
 * message, whose order a translator may change, rather than pieces glued together here.
 */
export function rich<K extends RichKey>(key: K, values: RichValues<K, ReactNode>): ReactNode {
  return createElement(Fragment, null, ...parts<K, ReactNode>(key, values));
}

/** For `<strong>` in a message. */
export const strong = (inner: ReactNode) => <strong>{inner}</strong>;
