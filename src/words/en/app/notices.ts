/** What the app tells beside the exchanges, above the views. */
export const notices = {
  'app.notices.inside': 'Something went wrong inside Meshbar: {problem}',
  'app.notices.windowGivenUp':
    'A window of Meshbar crashed repeatedly and was given up. The proxy goes on; quit and start the app to see it.',
} as const;
