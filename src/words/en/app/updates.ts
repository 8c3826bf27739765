/** Why there is no update, or why one failed. */
export const updates = {
  'app.updates.development': 'This is a development build.',
  'app.updates.notAppImage': 'Only the AppImage updates itself. Install the newer package over this one.',
  'app.updates.noFeed': 'This build has no address to check for updates.',
  'app.updates.downloadFailed': 'Downloading the update failed.',
  'app.updates.checkFailed': 'Checking for updates failed.',
  'app.updates.notInstalled': 'The update could not be installed.',
  'app.updates.signature': 'The update’s signature was not accepted, so it was not installed.',
  'app.updates.checksum': 'The update arrived damaged, so it was not installed.',
  'app.updates.noSpace': 'There is not enough disk space for the update.',
  'app.updates.noPermission': 'Meshbar may not write where it is installed.',
  'app.updates.noFile': 'The update server does not have the new version’s file. Try again later.',
  'app.updates.serverError': 'The update server returned an error. Try again later.',
  'app.updates.nothing': 'The update server has nothing for this version of Meshbar.',
  'app.updates.unclear': 'The update server’s answer makes no sense. This network may want you to sign in to it first.',
  'app.updates.unreachable': 'The update server can’t be reached.',
} as const;
