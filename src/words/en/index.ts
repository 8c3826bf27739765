import { app } from './app/index.js';
import { budget } from './budget.js';
import { count } from './count.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { totals } from './totals.js';

/**
 * Every sentence a person reads, in English. A file an area; the key begins with the file's path. What stands here is
 * ICU MessageFormat: {name} is filled in, {count, plural, one {# request} other {# requests}} follows a number.
 */
export const EN = { ...app, ...budget, ...count, ...settings, ...shell, ...totals } as const;
