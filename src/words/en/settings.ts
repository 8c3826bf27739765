/** What is said of each setting: in its row of the app, and of its option in the terminal. */
export const settings = {
  'settings.host.label': 'Address',
} as const;
