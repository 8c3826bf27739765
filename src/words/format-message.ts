import { type Formatters, IntlMessageFormat } from 'intl-messageformat';
import { formatNumber } from './format.js';
import { formattingLocale } from './locale.js';
import type { MessageValue } from './message-values.js';

const PLAIN = /^[^{}']*(?:\{\w+\}[^{}']*)*$/;
const NAME = /\{(\w+)\}/g;

/** Numbers in plurals are written as all others are. Messages take dates formatted. */
const formatters: Formatters = {
  getNumberFormat: () => ({ format: formatNumber }) as unknown as Intl.NumberFormat,
  getDateTimeFormat: (...options) => new Intl.DateTimeFormat(...options),
  getPluralRules: (...options) => new Intl.PluralRules(...options),
};

const formats = new Map<string, IntlMessageFormat>();

/**
 * A message of ICU MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/) with its values
 * filled in. A number is a count, written with separators: a port or an id is passed as a string. Throws if a value is
 * missing.
 */
export function formatMessage(pattern: string, values: Readonly<Record<string, MessageValue>>): string {
  // Nearly all messages are of this form, and a command that prints one line should not parse a grammar for it.
  if (PLAIN.test(pattern)) {
    return pattern.replace(NAME, (_whole, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`The message "${pattern}" lacks {${name}}.`);
      return typeof value === 'number' ? formatNumber(value) : value;
    });
  }
  const locale = formattingLocale();
  const key = `${locale} ${pattern}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true, formatters });
    formats.set(key, format);
  }
  return String(format.format(values));
}
