import { type Formatters, IntlMessageFormat } from 'intl-messageformat';
import { formatNumber } from './format.js';
import { formattingLocale } from './locale.js';
import type { PlainValue } from './message-values.js';

const PLAIN = /^[^{}']*(?:\{\w+\}[^{}']*)*$/;
const NAME = /\{(\w+)\}/;
const FROM_THE_RIGHT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Bidi_Control}]/u;

/** Numbers in plurals are written as all others are. Messages take dates formatted. */
const formatters: Formatters = {
  getNumberFormat: () => ({ format: formatNumber }) as unknown as Intl.NumberFormat,
  getDateTimeFormat: (...options) => new Intl.DateTimeFormat(...options),
  getPluralRules: (...options) => new Intl.PluralRules(...options),
};

const formats = new Map<string, IntlMessageFormat>();
/** Texts of a plain message, and between them its names; undefined: it is not plain. A proxy writes a line a request. */
const plainParts = new Map<string, readonly string[] | undefined>();

function plainPartsOf(pattern: string): readonly string[] | undefined {
  if (plainParts.has(pattern)) return plainParts.get(pattern);
  const parts = PLAIN.test(pattern) ? pattern.split(NAME) : undefined;
  plainParts.set(pattern, parts);
  return parts;
}

/**
 * A message of ICU MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/) with its values
 * filled in. A number is a count, written with separators: a port or an id is passed as a string. Throws if a value is
 * missing.
 */
export function formatMessage(pattern: string, values: Readonly<Record<string, PlainValue>>): string {
  // Nearly all messages are of this form, and a command that prints one line should not parse a grammar for it.
  const parts = plainPartsOf(pattern);
  if (parts) {
    let text = parts[0] as string;
    for (let i = 1; i < parts.length; i += 2) {
      const value = values[parts[i] as string];
      if (value === undefined) throw new Error(`The message "${pattern}" lacks {${parts[i]}}.`);
      text += (typeof value === 'number' ? formatNumber(value) : isolated(value)) + parts[i + 1];
    }
    return text;
  }
  const safe = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolated(value) : value,
  ]);
  return String(formatOf(pattern, { ignoreTag: true }).format(Object.fromEntries(safe)));
}

/** A name written from the right, or with marks that turn the direction round, would reverse what is beside it. */
function isolated(value: string): string {
  return FROM_THE_RIGHT.test(value) ? `\u2068${value}\u2069` : value;
}

/** What each tag of a message becomes: it is given what is between `<tag>` and `</tag>`. */
export type Wrap<Node> = (parts: (string | Node)[]) => Node;

/** As `formatMessage`, for a message with tags: text and what the tags became, in their order. */
export function formatParts<Node>(
  pattern: string,
  values: Readonly<Record<string, PlainValue | Node | Wrap<Node>>>,
): readonly (string | Node)[] {
  const parts = formatOf(pattern, { ignoreTag: false }).format<Node>(
    values as Readonly<Record<string, PlainValue | Node>>,
  );
  return Array.isArray(parts) ? parts : [parts];
}

function formatOf(pattern: string, { ignoreTag }: { readonly ignoreTag: boolean }): IntlMessageFormat {
  const locale = formattingLocale();
  const key = `${locale} ${ignoreTag} ${pattern}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(pattern, locale, undefined, { ignoreTag, formatters });
    formats.set(key, format);
  }
  return format;
}
