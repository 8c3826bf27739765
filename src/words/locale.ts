/** The language that people are spoken to in: a BCP 47 tag. Dates, numbers, plurals and sentences all follow it. */
let current = 'en-US';

/**
 * The pseudo-locale: English with every letter accented, a third longer and between brackets, so that a text that does
 * not come from here, or that is cut off, shows at a glance. By convention en-XA, as Android and Chromium name theirs.
 */
export const PSEUDO_LOCALE = 'en-XA';

export function currentLocale(): string {
  return current;
}

/** For Intl, which has no data for the pseudo-locale: its figures are English. */
export function formattingLocale(): string {
  return current === PSEUDO_LOCALE ? 'en-US' : current;
}

/** Takes a locale there are words for; anything else leaves English. Shells call it once, before they show anything. */
export function useLocale(locale: string | undefined): void {
  current = locale === PSEUDO_LOCALE ? PSEUDO_LOCALE : 'en-US';
}
