/** The view of the settings, but for the settings themselves. */
export const settingsView = {
  'app.settings.title': 'Settings',
  'app.settings.proxy': 'Proxy',
  'app.settings.app': 'App',
  'app.settings.notifications': 'Notify me when',
  'app.settings.advanced': 'Advanced',
  'app.settings.about': 'About',

  'app.settings.localKey': 'Local key',
  'app.settings.showKey': 'Show',
  'app.settings.hideKey': 'Hide',
  'app.settings.copyKey': 'Copy the local key',
  'app.settings.replaceKey': 'Replace…',
  'app.settings.keySource': 'From {source}.',
  'app.settings.newKey.question': 'Make a new local key?',
  'app.settings.newKey.yes': 'Make a new key',
  'app.settings.newKey.text': 'Tools that show the old one are refused at once, until you give them the new one.',

  'app.settings.somethingWrong': 'Something is wrong?',
  'app.settings.checkHint':
    'Looks at port, network, session, project, balance, tools and files, and says what to do. It changes nothing.',

  'app.settings.version': 'Meshbar {version}',
  'app.settings.overhead': 'Meshbar {text}',
  'app.settings.overheadIdle': 'Meshbar’s engine: {text}',
  'app.settings.install': 'Restart and install',
  'app.settings.checkForUpdates': 'Check for updates',
  'app.settings.website': 'MeshAgent’s website',
  'app.settings.quit': 'Quit Meshbar',
  'app.settings.update.idle': 'Looks for updates once a day.',
  'app.settings.update.checking': 'Looking for updates…',
  'app.settings.update.current': 'This is the newest version.',
  'app.settings.update.downloading': 'Fetching version {version}…',
  'app.settings.update.ready': 'Version {version} is ready.',
} as const;
