const ENGLISH = 'en-US';

/** The language that people are spoken to in: a BCP 47 tag. Dates, numbers, plurals and sentences all follow it. */
let current = ENGLISH;

/**
 * The pseudo-locale: English with every letter accented, a third longer and between brackets, so that a text that does
 * not come from here, or that is cut off, shows at a glance. By convention en-XA, as Android and Chromium name theirs.
 */
export const PSEUDO_LOCALE = 'en-XA';

export function currentLocale(): string {
  return current;
}

/** For dates and numbers: Intl has no data for the pseudo-locale, whose figures are English. */
export function formattingLocale(): string {
  return current === PSEUDO_LOCALE ? ENGLISH : current;
}

/**
 * Takes a locale there are words for: English of any region, whose dates and numbers are written as they are there.
 * Anything else leaves American English. Shells call it once, before they show anything.
 */
export function setLocale(locale: string | undefined): void {
  current = locale !== undefined && isEnglish(locale) ? locale : ENGLISH;
}

function isEnglish(locale: string): boolean {
  try {
    return new Intl.Locale(locale).language === 'en';
  } catch {
    return false;
  }
}

/** What `make` gives in English whatever the locale: for clients of the proxy, logs and records. */
export function inEnglish<T>(make: () => T): T {
  const before = current;
  current = ENGLISH;
  try {
    return make();
  } finally {
    current = before;
  }
}
