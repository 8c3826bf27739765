import { ALL_PROVIDERS } from '../providers/registry.js';
import { PROVIDER_KEY_STARTS, PROVIDER_NAMES } from '../shared/providers.js';

/**
 * What may be kept of a provider's error. Its message is written for the caller and may quote what the caller sent: a
 * value, a tool's arguments, a piece of JSON, a link, a key. So only its first line is kept, of that nothing that stands
 * in quotes unless it is a name of the provider's own (a parameter, a model), nothing from the first brace on, and no
 * links, addresses or keys. A provider that quotes without marking it would get through: none is known to.
 */

const REASON_LIMIT = 200;
const TYPE_LIMIT = 60;
/** Longer words than these are keys, digests or encoded data. */
const WORD_LIMIT = 40;

const CLOSING_QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '«': '»' };

/** Words of the providers' requests, of which names such as `messages.3.content` and `max_tokens` are made. */
const OWN_WORDS = new Set([
  ...PROVIDER_NAMES,
  ...`any arguments assistant audio auto batch batches budget cache call choice choices completion content context control
  conversation count data detail developer dimensions effort embeddings encoding error event file files format frequency
  function functions id image images include input instructions item items json key language length level limit logit
  bias logprobs max message messages metadata min modalities model models n name none number object of output parallel
  parameters penalty presence previous prompt properties reasoning refusal request required response responses result
  results role safety schema seed sequences service session size speed stop store stream options strict summary system
  temperature text thinking tier token tokens tool tools top k p total transcription truncation type url usage use user
  value values verbosity voice web search beta version`.split(/\s+/),
]);
const MODEL_NAME = new RegExp(
  `^(?:${ALL_PROVIDERS.flatMap(({ modelNames }) => modelNames).join('|')})(?:[-.:][a-z0-9.]+)*$`,
  'i',
);

/** A message as one short line without anything that could be the caller's; undefined if nothing is left. */
export function safeReason(message: string): string | undefined {
  const firstLine = message.trim().split(/[\r\n\u2028\u2029]/, 1)[0] as string;
  // Validators print what they were given behind these words.
  const told = firstLine.slice(0, 2000).split(/\binput(?:_value)?=/, 1)[0] as string;
  const words = withoutQuotations(told.replace(/\p{C}/gu, ' '))
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(safeWord);
  const line = words
    .join(' ')
    .replace(/(?:… ?){2,}/g, '… ')
    .trim();
  if (!/\p{L}{2}/u.test(line)) return undefined;
  return line.length > REASON_LIMIT ? `${line.slice(0, REASON_LIMIT - 1).trimEnd()}…` : line;
}

/** A type or code as a stable name: lower snake case of bounded length. */
export function safeType(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d_.]+/g, '_')
    .slice(0, TYPE_LIMIT);
}

function withoutQuotations(text: string): string {
  let kept = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    const closing = CLOSING_QUOTES[char];
    if (closing !== undefined && !isApostrophe(text, i)) {
      const end = closingQuote(text, i + 1, closing);
      // The provider shortened what it quotes: the end of the message is still part of it.
      if (end === -1) return `${kept}…`;
      kept += isOwnName(text.slice(i + 1, end)) ? text.slice(i, end + 1) : '…';
      i = end;
    } else if (char === '{' || (char === '[' && !/^\[\d{1,5}\]/.test(text.slice(i, i + 7)))) {
      return `${kept}…`;
    } else kept += char;
  }
  return kept;
}

function isApostrophe(text: string, i: number): boolean {
  return text[i] === "'" && i > 0 && /[\p{L}\p{N}]/u.test(text[i - 1] as string);
}

/** A quote in the middle of a word ends nothing; neither does an escaped one. */
function closingQuote(text: string, from: number, closing: string): number {
  for (let end = text.indexOf(closing, from); end !== -1; end = text.indexOf(closing, end + 1)) {
    if (text[end - 1] !== '\\' && !/[\p{L}\p{N}]/u.test(text[end + 1] ?? '')) return end;
  }
  return -1;
}

function isOwnName(text: string): boolean {
  if (text.length > 80) return false;
  if (MODEL_NAME.test(text)) return true;
  const parts = text.split(/[._[\]-]+/).filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => /^\d{1,5}$/.test(part) || OWN_WORDS.has(part));
}

const KEY = new RegExp(`^\\W*(?:${[...PROVIDER_KEY_STARTS, 'pk-', 'rk-', 'key-'].join('|')})[\\w*.-]{6,}`, 'i');

function safeWord(word: string): string {
  if (/^\W*[a-z][a-z+.-]*:\/\//i.test(word) || /^\W*www\./i.test(word)) return '[link]';
  if (/^\W*data:/i.test(word)) return '[data]';
  if (/@.*\./.test(word)) return '[address]';
  if (KEY.test(word) || /^\W*eyJ/.test(word)) return '[key]';
  return word.length > WORD_LIMIT ? '[…]' : word;
}
