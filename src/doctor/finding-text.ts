import type { Finding } from '../shared/doctor.js';
import { type Terms, textOf } from '../words/index.js';
import type { Found } from './check.js';

/** What was found, in the reader's language and the terms of a shell. */
export function findingText({ id, status, title, meaning, remedy, details }: Found, terms: Terms): Finding {
  return {
    id,
    status,
    title: textOf(title, terms),
    ...(meaning === undefined ? {} : { meaning: textOf(meaning, terms) }),
    ...(remedy === undefined ? {} : { remedy: { ...remedy, text: textOf(remedy.text, terms) } }),
    details: details.map((detail) => (typeof detail === 'string' ? detail : textOf(detail, terms))),
  };
}
