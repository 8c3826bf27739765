import type { ErrorFacts, ErrorInfo } from '../shared/errors.js';
import { EN } from './en/index.js';
import { formatParts, type Wrap } from './format-message.js';
import { inEnglish } from './locale.js';
import type { NamesIn, PlainValue, TagsIn } from './message-values.js';
import { inLanguage, render, renderError, type Terms } from './render.js';
import type { AnyKey, Catalogue, Filled, Message, MessageKey, RichKey } from './say.js';

export type { Message, MessageKey, RichKey, Terms };

/** Whether there is a message of this name: some are optional, such as what explains a setting. */
export function isMessageKey(key: string): key is AnyKey {
  return Object.hasOwn(EN, key);
}

/** What a room tells whoever runs it: a fact beside the work, or an error that stopped none of it. */
export type Statement = Message | ErrorFacts;

/**
 * A sentence in the reader's language: `t('usage.requests', { count: 3 })`. Numbers are written as the language writes
 * them; amounts of money and dates come formatted (format.ts). The compiler checks key and values.
 */
export function t<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return render(key, values[0], 'terminal');
}

/** Names a message that is the same each time: nothing is filled in. */
export type PlainKey = { [K in MessageKey]: Filled<K> extends [] ? K : never }[MessageKey];

/** What was made elsewhere, in the reader's language and a shell's terms: a message, or an error with its hint. */
export function textOf(said: Statement, terms: Terms): string {
  if ('key' in said) return render(said.key, said.values, terms);
  const { message, hint } = renderError(said, terms);
  return hint === undefined ? message : `${message} ${hint}`;
}

/** An error in the reader's language: what went wrong, and in the shell's terms what to do about it. */
export function errorText(error: ErrorFacts, terms: Terms): ErrorInfo {
  return renderError(error, terms);
}

/** For each name of a message a text or a node, and for each of its tags what makes a node of what is within. */
export type RichValues<K extends RichKey, Node> = Readonly<
  Record<NamesIn<Catalogue[K]>, PlainValue | Node> & Record<TagsIn<Catalogue[K]>, Wrap<Node>>
>;

/** A sentence with links, code or emphasis in it, as texts and nodes in the order of the language. */
export function parts<K extends RichKey, Node>(key: K, values: RichValues<K, Node>): readonly (string | Node)[] {
  return formatParts<Node>(inLanguage(EN[key]), values);
}

/** In English whatever the locale: what the proxy answers a client, and what is in a log or a record. */
export function english<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return inEnglish(() => t(key, ...values));
}

/** The same of what was made elsewhere, in the terms of the terminal. */
export function englishOf(said: Statement): string {
  return inEnglish(() => textOf(said, 'terminal'));
}
