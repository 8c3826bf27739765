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
  'app.settings.newKey.question': 'Replace the local key?',
  'app.settings.newKey.yes': 'Replace key',
  'app.settings.newKey.text':
    'Requests with the old key are refused right away, until you give your tools the new one.',

  'app.settings.somethingWrong': 'Something wrong?',
  'app.settings.checkHint':
    'Checks the port, network, session, project, balance, tools and files, and says what to do. It changes nothing.',

  'app.settings.version': 'Meshbar {version}',
  'app.settings.overhead': 'Meshbar {text}',
  'app.settings.overheadIdle': 'Meshbar’s engine: {text}',
  'app.settings.install': 'Restart and install',
  'app.settings.checkForUpdates': 'Check for updates',
  'app.settings.website': 'MeshAgent’s website',
  'app.settings.quit': 'Quit Meshbar',
  'app.settings.update.idle': 'Checks for updates once a day.',
  'app.settings.update.checking': 'Checking for updates…',
  'app.settings.update.current': 'You have the latest version.',
  'app.settings.update.downloading': 'Downloading version {version}…',
  'app.settings.update.ready': 'Version {version} is ready to install.',
} as const;
