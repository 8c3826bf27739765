/** The view that points tools at the proxy. */
export const connect = {
  'app.connect.title': 'Connect a tool',

  'app.connect.waiting': 'Waiting for the first request…',
  'app.connect.waitingFor': 'Waiting for the first request from {tool}…',
  'app.connect.late': 'No request has arrived yet.',
  'app.connect.lateFrom': 'No request from {tool} has arrived yet.',
  'app.connect.arrived': 'First request received from <strong>{tool}</strong>',
  'app.connect.arrivedOfModel': 'First request received from <strong>{tool}</strong> · {model}',
  'app.connect.proxyRuns': 'The proxy is running at {url}.',
  'app.connect.proxyDoesNotRun': 'The proxy is not running. Start it first.',
  'app.connect.check.sameTerminal': 'Did you start your tool in the same terminal, after pasting?',
  'app.connect.check.olderAddress': 'Do the variables there have this address, not an older one?',
  'app.connect.check.fromDesktop':
    'Is it Codex, or an app started from the desktop? Those don’t read a shell’s variables: use a snippet.',
  'app.connect.check.saved': 'Did you save the text where your tool reads it, and start the tool after that?',
  'app.connect.check.olderVariable': 'Does a variable in your terminal still have an older address?',
  'app.connect.check.both': 'Does your tool have both the address and the local key?',
  'app.connect.check.ending': 'Does the address end the way your tool expects, in {endings}?',

  'app.connect.stopped': '<strong>The proxy is stopped.</strong> Tools get no answer until it runs.',

  'app.connect.tools': 'Tools on this computer',
  'app.connect.demo':
    'The demo leaves your tools’ settings alone. Sign in to connect them, or run <code>meshbar connect claude-code --demo</code> in a terminal: it restores the settings when you stop it.',
  'app.connect.noTools': 'No supported tools found on this computer.',
  'app.connect.notFound': 'Not found here',
  'app.connect.actOnTool': '{action}: {tool}',
  'app.connect.connect': 'Connect',
  'app.connect.connectAgain': 'Connect again',
  'app.connect.disconnect': 'Disconnect',
  'app.connect.showHow': 'Show how',
  'app.connect.whyNot': 'Why not',

  'app.connect.state.connected': 'Connected',
  'app.connect.state.notConnected': 'Not connected',
  'app.connect.state.elsewhere': 'Sends to {address}',
  'app.connect.state.oldAddress': 'Sends to {address}, where Meshbar no longer is',
  'app.connect.state.wrongPath': 'Sends to {address}, a path that Meshbar refuses',
  'app.connect.state.staleKey': 'Has an old key, so its requests are refused',
  'app.connect.state.incomplete': 'Missing {settings}',
  'app.connect.state.changed': 'Changed by hand: {settings}',
  'app.connect.state.byHand': 'Set up by hand, in its own settings',
  'app.connect.state.impossible': 'Can’t be connected',

  'app.connect.connectQuestion': 'Connect {tool}?',
  'app.connect.disconnectQuestion': 'Disconnect {tool}?',
  'app.connect.alreadyConnected': 'It is already connected.',
  'app.connect.file.made': 'This file will be created:',
  'app.connect.file.edited': 'Only this part of the file changes:',
  'app.connect.file.restored': 'This file goes back to exactly what it was:',
  'app.connect.file.removed': 'This file is deleted, since Meshbar created it:',
  'app.connect.keyIsRevoked': 'The key it was given stops working.',
  'app.connect.lineRemoved': 'removed:',
  'app.connect.lineAdded': 'added:',
  'app.connect.byHandTitle': 'Set up {tool} by hand',
  'app.connect.impossibleTitle': '{tool} can’t be connected',
  'app.connect.whereTheKeyIs': 'Copy the local key under “Address and key”.',

  'app.connect.variables': 'Environment variables',
  'app.connect.shell': 'Shell',
  'app.connect.variablesFor': 'Variables for {shell}',
  'app.connect.copyVariablesFor': 'Copy the variables for {shell}',
  'app.connect.use.sh':
    'Paste it into a terminal and start your tool there. To have it in every new terminal, add it to `~/.zshrc` or `~/.bashrc`.',
  'app.connect.use.fish':
    'Paste it into a terminal and start your tool there. To have it in every new terminal, add it to `~/.config/fish/config.fish`.',
  'app.connect.use.powershell':
    'Paste it into a terminal and start your tool there. To have it in every new terminal, add it to `$PROFILE`.',
  'app.connect.use.cmd': 'Paste it into a Command Prompt and start your tool there. It lasts for that window.',
  'app.connect.use.dotenv':
    'Save it as `.env` where your tool or project reads one. It has your key in it: don’t commit it.',
  'app.connect.use.json': 'For settings that take variables as JSON, such as an editor’s terminal.',
  'app.connect.desktopApps':
    'Apps started from the desktop, such as editors, don’t get a shell’s variables: give them the address and key, or use a snippet.',

  'app.connect.addressAndKey': 'Address and key',
  'app.connect.address': 'Address',
  'app.connect.copyAddress': 'Copy the address',
  'app.connect.baseFor': 'For {provider}',
  'app.connect.copyBaseFor': 'Copy the {provider} base URL',
  'app.connect.localKey': 'Local key',
  'app.connect.copyLocalKey': 'Copy the local key',
  'app.connect.keysAreOff': 'Local keys are off: any key works, but most tools insist on one.',

  'app.connect.snippets': 'Snippets',
  'app.connect.copyFor': 'Copy for {title}',
} as const;
