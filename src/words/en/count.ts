/** Counted things, wherever they come. */
export const count = {
  'count.requests': '{count, plural, one {# request} other {# requests}}',
  'count.requestsOf': '{count, plural, one {# request} other {# requests}} of {tool}',
} as const;
