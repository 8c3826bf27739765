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
export const strong = (inner: ReactNode[]) => createElement('strong', null, ...inner);

/** For `<code>` in a message: what a person types or copies. */
export const code = (inner: ReactNode[]) =>
  createElement('code', { className: 'selectable', translate: 'no' }, ...inner);

/** A text of both shells, where what is between backticks is code. */
export function withCode(text: string): ReactNode {
  return createElement(Fragment, null, ...text.split('`').map((part, at) => (at % 2 === 1 ? code([part]) : part)));
}
