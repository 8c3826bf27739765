import { action } from './action.js';
import { frame } from './frame.js';
import { menu } from './menu.js';
import { notices } from './notices.js';
import { rare } from './rare.js';
import { request } from './request.js';
import { settingsView } from './settings.js';
import { status } from './status.js';

/** What only the app says, a file for each view and each place outside the windows. */
export const app = {
  ...action,
  ...frame,
  ...menu,
  ...notices,
  ...rare,
  ...request,
  ...settingsView,
  ...status,
} as const;
