import type { EN } from './en/index.js';
import type { MessageValue, NamesIn, TagsIn } from './message-values.js';

/** Apart from what renders them: a room that hands up a message, such as the ledger's thread, needs no catalogue. */

export type Catalogue = typeof EN;

export type AnyKey = keyof Catalogue;

/** Names one message with tags in it, such as "Run <code>meshbar env</code>.": for `parts`. */
export type RichKey = { [K in AnyKey]: [TagsIn<Catalogue[K]>] extends [never] ? never : K }[AnyKey];

/** Names one message, such as "settings.host.label". */
export type MessageKey = Exclude<AnyKey, RichKey>;

/** "x" for "x.app" and "x.terminal", where there are both. */
type BaseOf<K> = K extends `${infer Base}.app`
  ? `${Base}.terminal` extends MessageKey
    ? Base
    : never
  : K extends `${infer Base}.terminal`
    ? `${Base}.app` extends MessageKey
      ? Base
      : never
    : never;

/** Messages that each shell says in its own terms, with the names that either text has. */
type Twofold = { [K in MessageKey as BaseOf<K>]: NamesIn<Catalogue[K]> };

type TwofoldKey = keyof Twofold;

type NamesOf<K extends MessageKey | TwofoldKey> = K extends MessageKey
  ? NamesIn<Catalogue[K]>
  : K extends TwofoldKey
    ? Twofold[K]
    : never;

/** Nothing for a message without placeholders, else one object with all of them. */
export type Filled<K extends MessageKey | TwofoldKey> = [NamesOf<K>] extends [never]
  ? []
  : [values: Readonly<Record<NamesOf<K>, MessageValue>>];

declare const said: unique symbol;

/** A message with what it needs, for a room below the shells to hand up: it is rendered where it is shown. */
export interface Message {
  readonly key: MessageKey | TwofoldKey;
  readonly values?: Readonly<Record<string, MessageValue>> | undefined;
  /** Made by `say` alone, which checks the values. */
  readonly [said]: true;
}

/** `say('count.requests', { count })`: the compiler checks key and values. */
export function say<K extends MessageKey | TwofoldKey>(key: K, ...values: Filled<K>): Message {
  return (values[0] === undefined ? { key } : { key, values: values[0] }) as Message;
}
