import type { ErrorFacts, ErrorInfo } from '../shared/errors.js';
import { EN } from './en/index.js';
import { formatParts, type Wrap } from './format-message.js';
import { inEnglish } from './locale.js';
import type { MessageValue, NamesIn, PlainValue, TagsIn, ValuesOf } from './message-values.js';
import { inLanguage, render, renderError, type Terms } from './render.js';

type Catalogue = typeof EN;

type AnyKey = keyof Catalogue;

/** Names one message with tags in it, such as "Run <code>meshbar env</code>.": for `parts`. */
export type RichKey = { [K in AnyKey]: [TagsIn<Catalogue[K]>] extends [never] ? never : K }[AnyKey];

/** Names one message, such as "settings.host.label". */
export type MessageKey = Exclude<AnyKey, RichKey>;

/** Whether there is a message of this name: some are optional, such as what explains a setting. */
export function isMessageKey(key: string): key is AnyKey {
  return Object.hasOwn(EN, key);
}

/** Nothing for a message without placeholders, else one object with all of them. */
type Filled<K extends MessageKey> = [NamesIn<Catalogue[K]>] extends [never] ? [] : [values: ValuesOf<Catalogue[K]>];

/** A message that each shell says in its own terms: "x" where there are "x.app" and "x.terminal". */
type TwofoldKey = {
  [K in MessageKey]: K extends `${infer Base}.app` ? (`${Base}.terminal` extends MessageKey ? Base : never) : never;
}[MessageKey];

/**
 * A message with what it needs, for a room below the shells to hand up: it is rendered where it is shown. What only the
 * app or the terminal says is left out, and those that need nothing are one: the compiler refuses larger unions.
 */
export type Message = { readonly key: HandedUp<'plain'>; readonly values?: undefined } | MessageWithNames;

type MessageWithNames = {
  [K in HandedUp<'named'>]: { readonly key: K; readonly values: Readonly<Record<NamesOf<K>, MessageValue>> };
}[HandedUp<'named'>];

type HandedUp<Kind extends 'plain' | 'named'> = {
  [K in MessageKey | TwofoldKey]: K extends `${'app' | 'terminal'}.${string}`
    ? K extends `app.notices.${string}`
      ? OfKind<K, Kind>
      : never
    : OfKind<K, Kind>;
}[MessageKey | TwofoldKey];

type OfKind<K extends MessageKey | TwofoldKey, Kind> = [NamesOf<K>] extends [never]
  ? Kind extends 'plain'
    ? K
    : never
  : Kind extends 'named'
    ? K
    : never;

type NamesOf<K extends MessageKey | TwofoldKey> = K extends MessageKey
  ? NamesIn<Catalogue[K]>
  : NamesIn<Catalogue[Extract<`${K}.app` | `${K}.terminal`, MessageKey>]>;

/** What a room tells whoever runs it: a fact beside the work, or an error that stopped none of it. */
export type Statement = Message | ErrorFacts;

/**
 * A sentence in the reader's language: `t('usage.requests', { count: 3 })`. Numbers are written as the language writes
 * them; amounts of money and dates come formatted (format.ts). The compiler checks key and values.
 */
export function t<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return render({ key, values: values[0] }, 'terminal');
}

/** Names a message that is the same each time: nothing is filled in. */
export type PlainKey = { [K in MessageKey]: Filled<K> extends [] ? K : never }[MessageKey];

/** What was made elsewhere, in the reader's language and a shell's terms: a message, or an error with its hint. */
export function textOf(said: Statement, terms: Terms): string {
  if ('key' in said) return render(said, terms);
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

/** In English whatever the locale: what the proxy answers a client, and what stands in a log or a record. */
export function english<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return inEnglish(() => t(key, ...values));
}

/** The same of what was made elsewhere, in the terms of the terminal. */
export function englishOf(said: Statement): string {
  return inEnglish(() => textOf(said, 'terminal'));
}
