import { EN } from './en/index.js';
import { formatMessage, formatParts, type Wrap } from './format-message.js';
import { currentLocale, inEnglish, PSEUDO_LOCALE } from './locale.js';
import type { MessageValue, NamesIn, TagsIn, ValuesOf } from './message-values.js';
import { pseudo } from './pseudo.js';

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

/** A message with what it needs, for a room below the shells to hand up: it is rendered where it is shown. */
export type Message = { [K in MessageKey]: MessageWith<K> }[MessageKey];

type MessageWith<K extends MessageKey> = [NamesIn<Catalogue[K]>] extends [never]
  ? { readonly key: K; readonly values?: undefined }
  : { readonly key: K; readonly values: ValuesOf<Catalogue[K]> };

/**
 * A sentence in the reader's language: `t('usage.requests', { count: 3 })`. Numbers are written as the language writes
 * them; amounts of money and dates come formatted (format.ts). The compiler checks key and values.
 */
export function t<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return render(key, values[0] ?? {});
}

/** What `t` gives, of a message that was made elsewhere. */
export function textOf(message: Message): string {
  return render(message.key, message.values ?? {});
}

/** For each name of a message a text or a node, and for each of its tags what makes a node of what is within. */
export type RichValues<K extends RichKey, Node> = Readonly<
  Record<NamesIn<Catalogue[K]>, MessageValue | Node> & Record<TagsIn<Catalogue[K]>, Wrap<Node>>
>;

/** A sentence with links, code or emphasis in it, as texts and nodes in the order of the language. */
export function parts<K extends RichKey, Node>(key: K, values: RichValues<K, Node>): readonly (string | Node)[] {
  return formatParts<Node>(patternOf(key), values);
}

/** In English whatever the locale: what the proxy answers a client, and what stands in a log or a record. */
export function english<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return inEnglish(() => formatMessage(EN[key], values[0] ?? {}));
}

function render(key: MessageKey, values: Readonly<Record<string, MessageValue>>): string {
  return formatMessage(patternOf(key), values);
}

function patternOf(key: AnyKey): string {
  return currentLocale() === PSEUDO_LOCALE ? pseudo(EN[key]) : EN[key];
}
