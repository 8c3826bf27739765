import { account } from './account.js';
import { action } from './action.js';
import { budgets } from './budgets.js';
import { check } from './check.js';
import { connect } from './connect.js';
import { frame } from './frame.js';
import { keys } from './keys.js';
import { menu } from './menu.js';
import { notices } from './notices.js';
import { rare } from './rare.js';
import { request } from './request.js';
import { requests } from './requests.js';
import { settingsView } from './settings.js';
import { status } from './status.js';
import { updates } from './updates.js';
import { usage } from './usage.js';

/** What only the app says, a file for each view and each place outside the windows. */
export const app = {
  ...account,
  ...action,
  ...budgets,
  ...check,
  ...connect,
  ...frame,
  ...keys,
  ...menu,
  ...notices,
  ...rare,
  ...request,
  ...requests,
  ...settingsView,
  ...status,
  ...updates,
  ...usage,
} as const;
