/** What went wrong apart from requests: above the views, and in the system's notifications. */
export const notices = {
  'app.notices.inside': 'Something went wrong inside Meshbar: {problem}',
  'app.notices.windowGivenUp':
    'A window of Meshbar keeps crashing and was closed. The proxy still runs. To see the window again, quit and start the app.',
  'app.notices.couldNotStart': 'Meshbar could not start',
  'app.notices.budgetUsedUp': 'A budget is used up',
  'app.notices.budgetAt': 'A budget is at {percent}',
  'app.notices.budgetUsed': '{used}.',
} as const;
