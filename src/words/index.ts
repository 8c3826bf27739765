import { EN } from './en/index.js';
import { formatMessage } from './format-message.js';
import { currentLocale, inEnglish, PSEUDO_LOCALE } from './locale.js';
import type { MessageValue, NamesIn, ValuesOf } from './message-values.js';
import { pseudo } from './pseudo.js';

type Catalogue = typeof EN;

/** Names one message, such as "settings.host.label". */
export type MessageKey = keyof Catalogue;

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

/** In English whatever the locale: what the proxy answers a client, and what stands in a log or a record. */
export function english<K extends MessageKey>(key: K, ...values: Filled<K>): string {
  return inEnglish(() => formatMessage(EN[key], values[0] ?? {}));
}

function render(key: MessageKey, values: Readonly<Record<string, MessageValue>>): string {
  const pattern: string = EN[key];
  return formatMessage(currentLocale() === PSEUDO_LOCALE ? pseudo(pattern) : pattern, values);
}
