import { IntlMessageFormat } from 'intl-messageformat';
import { formattingLocale } from './locale.js';
import type { MessageValue } from './message-values.js';

const PLAIN = /^[^{}'<#]*(?:\{\w+\}[^{}'<#]*)*$/;
const NAME = /\{(\w+)\}/g;

const formats = new Map<string, IntlMessageFormat>();

/**
 * A message of ICU MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/) with its values
 * filled in. Throws if one is missing.
 */
export function formatMessage(pattern: string, values: Readonly<Record<string, MessageValue>>): string {
  // Nearly all messages are of this form, and a command that prints one line should not parse a grammar for it.
  if (PLAIN.test(pattern)) {
    return pattern.replace(NAME, (_whole, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`The message "${pattern}" lacks {${name}}.`);
      return typeof value === 'number' ? value.toLocaleString(formattingLocale()) : value;
    });
  }
  const locale = formattingLocale();
  const key = `${locale} ${pattern}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true });
    formats.set(key, format);
  }
  return String(format.format(values));
}
