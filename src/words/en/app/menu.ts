/** The menu of the icon. */
export const menu = {
  'app.menu.signIn': 'Sign in…',
  'app.menu.cancelSignIn': 'Cancel the sign-in',
  'app.menu.showRequests': 'Show requests',
} as const;
