import type { ErrorFacts, ErrorInfo } from '../shared/errors.js';
import { EN } from './en/index.js';
import { formatMessage } from './format-message.js';
import { currentLocale, PSEUDO_LOCALE } from './locale.js';
import type { MessageValue, PlainValue } from './message-values.js';
import { pseudo } from './pseudo.js';

/** In whose terms: those of the app, where a click mends it, or of the terminal, where a command or an option does. */
export type Terms = 'app' | 'terminal';

type Values = Readonly<Record<string, MessageValue>>;

const TEXTS: Readonly<Record<string, string>> = EN;

/** The text of a key; where each shell has its own, the one in those terms. */
function textFor(key: string, terms: Terms): string | undefined {
  return TEXTS[`${key}.${terms}`] ?? TEXTS[key];
}

/** A text with its values, in the reader's language. */
export function render(key: string, values: Values | undefined, terms: Terms): string {
  const text = textFor(key, terms);
  if (text === undefined) throw new Error(`There is no message "${key}".`);
  const plain = Object.entries(values ?? {}).map(([name, value]) => [name, plainValue(value, terms)]);
  return formatMessage(inLanguage(text), Object.fromEntries(plain));
}

export function inLanguage(text: string): string {
  return currentLocale() === PSEUDO_LOCALE ? pseudo(text) : text;
}

/** An error within a message is what went wrong, without what to do about it. */
function plainValue(value: MessageValue, terms: Terms): PlainValue {
  if (typeof value !== 'object') return value;
  return 'key' in value ? render(value.key, value.values, terms) : renderError(value, terms).message;
}

/** See src/words/en/errors.ts for which of its keys are an error's. */
export function renderError({ code, data }: ErrorFacts, terms: Terms): ErrorInfo {
  const values: Values = { ...data };
  const general = `errors.${code}`;
  const own = 'why' in data ? `${general}.${data.why}` : general;
  const message = render(textFor(own, terms) === undefined ? general : own, values, terms);
  const hintKey = [`${own}.hint`, `${general}.hint`].find((key) => textFor(key, terms) !== undefined);
  if (hintKey !== undefined) return { code, message, hint: render(hintKey, values, terms) };
  // What mends the cause mends this.
  const hint = 'problem' in data ? renderError(data.problem, terms).hint : undefined;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}
