import { action } from './action.js';
import { frame } from './frame.js';
import { notices } from './notices.js';
import { request } from './request.js';
import { settingsView } from './settings.js';

/** What only the app says, a file for each view and each place outside the windows. */
export const app = { ...action, ...frame, ...notices, ...request, ...settingsView } as const;
