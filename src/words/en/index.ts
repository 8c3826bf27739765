import { budget } from './budget.js';
import { count } from './count.js';
import { settings } from './settings.js';
import { totals } from './totals.js';

/**
 * Every sentence a person reads, in English. A file an area; the key begins with the area's name. What stands here is
 * ICU MessageFormat: {name} is filled in, {count, plural, one {# request} other {# requests}} follows a number.
 */
export const EN = { ...budget, ...count, ...settings, ...totals } as const;
