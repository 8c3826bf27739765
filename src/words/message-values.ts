import type { ErrorFacts } from '../shared/errors.js';
import type { Message } from './say.js';

/**
 * What a message needs filled in, read off its text by the compiler: "{count, plural, one {# request} other {# requests}}
 * of {tool}" needs `count` and `tool`. A branch of a plural is told from a name by its "#" or a blank, which
 * test/words/messages.test.ts insists on.
 */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Rest}`
  ? Rest extends `${infer Head}}${string}`
    ? NameOf<Head extends `${infer Name},${string}` ? Name : Head> | NamesIn<Rest>
    : never
  : never;

type NameOf<Head extends string> = Head extends '' | `${string}${' ' | '#' | '{' | '.' | "'"}${string}` ? never : Head;

/** The tags of a message: "Run <code>meshbar env</code>." has `code`. */
export type TagsIn<Text extends string> = Text extends `${string}</${infer Tag}>${infer Rest}`
  ? Tag | TagsIn<Rest>
  : never;

export type PlainValue = string | number;

/** What can be filled in; a message or an error within another is rendered with it. */
export type MessageValue = PlainValue | Message | ErrorFacts;
