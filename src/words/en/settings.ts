/**
 * What is said of each setting: `option` in the help of `meshbar proxy`, `label` and `hint` in its row of the app,
 * `problem` where a value is none, and the choices by their value.
 */
export const settings = {
  'settings.problem.flag': 'It is either on or off.',
  'settings.problem.choice': 'There is no such choice.',

  'settings.projectId.option': 'MeshAgent project to use and bill',
  'settings.projectId.problem': 'It must not be empty.',

  'settings.port.option': 'port to listen on, 0 for a free one',
  'settings.port.ownProxy': 'port of a proxy of its own',
  'settings.port.doctor': 'port to look at where no proxy runs',
  'settings.port.label': 'Port',
  'settings.port.problem': 'Give a port from {min} to {max}.',

  'settings.host.option': 'address to listen on',
  'settings.host.label': 'Address to listen on',
  'settings.host.others': 'Others on your network can reach the proxy.',
  'settings.host.problem': 'Give an address such as 127.0.0.1 or ::1, or a host name.',

  'settings.bearer.option': 'local key that clients must show',

  'settings.tokenFromEnv.option': 'environment variable that holds the MeshAgent token',
  'settings.tokenFromEnv.problem': 'It must not be empty.',

  'settings.apiUrl.option': 'base URL of MeshAgent; https, or http on this machine',
  'settings.apiUrl.problem': 'It must be an http or https URL.',

  'settings.autostart.label': 'Start with Meshbar',

  'settings.insecure.option': 'no local key: every local program may use the proxy',
  'settings.insecure.label': 'Require the local key',
  'settings.insecure.off': 'Requests without it are refused.',
  'settings.insecure.on': 'Insecure: anyone who reaches the proxy can spend your money.',
  'settings.insecure.question': 'Turn off local keys?',
  'settings.insecure.questionText': 'Every program that reaches the proxy can then spend your money without a key.',
  'settings.insecure.questionYes': 'Turn off',

  'settings.allowInsecureExposure.option': 'allow --insecure beyond this machine',
  'settings.allowInsecureExposure.question': 'Open the proxy to your network?',
  'settings.allowInsecureExposure.questionText':
    'With local keys off and the address {host}, everyone who reaches this computer can spend your money.',
  'settings.allowInsecureExposure.questionYes': 'Open to everyone',

  'settings.allowedHosts.option': 'another Host name requests may use (repeatable)',
  'settings.allowedHosts.problem': 'It must not be empty.',

  'settings.allowedOrigins.option': 'a web page that may call the proxy (repeatable)',
  'settings.allowedOrigins.problem': 'An origin looks like http://localhost:3000.',

  'settings.askForUsage.option': 'do not ask for usage on a chat stream’s behalf',

  'settings.annotateTool.option': 'tell MeshAgent which tool each request comes from',
  'settings.annotateTool.label': 'Send the tool’s name to MeshAgent',
  'settings.annotateTool.hint': 'Its own usage page can then group by tool. Restarts the proxy.',

  'settings.settle.option': 'label each request, and take from MeshAgent what those cost that were cut short',
  'settings.settle.label': 'Look up the cost of interrupted requests',
  'settings.settle.hint': 'Labels each request, and asks MeshAgent what the interrupted ones cost. Restarts the proxy.',

  'settings.metrics.option': 'answer GET /metrics in the format of Prometheus',
  'settings.metrics.label': 'Metrics for Prometheus',
  'settings.metrics.hint': 'Restarts the proxy.',
  'settings.metrics.address': '{url}/metrics, with the local key as bearer token.',

  'settings.otlpUrl.option': 'export metrics and spans, without content, to an OTLP collector',
  'settings.otlpUrl.label': 'OpenTelemetry collector',
  'settings.otlpUrl.hint': 'Receives metrics and spans, never prompts or answers. Leave it empty to send nothing.',
  'settings.otlpUrl.problem': 'Give an http or https address such as http://localhost:4318.',
  'settings.otlpUrl.off': 'Nothing is exported: {problem}',

  'settings.allowPlainOtlp.option': 'allow --otlp over plain http beyond this machine',

  'settings.drainSeconds.option': 'how long stopping waits for requests in flight',
  'settings.drainSeconds.problem': 'It must be a number of seconds, at most a day.',

  'settings.launchAtLogin.label': 'Launch at login',
  'settings.launchAtLogin.refused': 'The system does not let Meshbar start when you log in: {reason}',

  'settings.keepOpen.label': 'Keep open',
  'settings.keepOpen.hint': 'The popover stays open when you click elsewhere.',

  'settings.shortcut.label': 'Shortcut',
  'settings.shortcut.hint': 'Opens Meshbar from anywhere.',
  'settings.shortcut.problem': 'A key combination has at most 60 characters.',
  'settings.shortcut.recording': 'Press Escape to keep the current one.',
  'settings.shortcut.press': 'Press keys…',
  'settings.shortcut.pressNew': 'Press the new shortcut',
  'settings.shortcut.change': 'Shortcut: {shortcut}. Change',
  'settings.shortcut.none': 'None',
  'settings.shortcut.remove': 'Remove the shortcut',
  'settings.shortcut.unusable': 'This key can’t be part of a shortcut.',
  'settings.shortcut.modifier': 'Hold Control or Alt as well, or use a function key.',
  'settings.shortcut.modifierMac': 'Hold Command, Control or Option as well, or use a function key.',
  'settings.shortcut.taken': 'Another program uses {shortcut}.',
  'settings.shortcut.unknown': '“{shortcut}” is not a key combination.',

  'settings.defaultShell.label': 'Default shell',
  'settings.defaultShell.hint': 'For Copy env, here and in the menu.',

  'settings.theme.label': 'Theme',
  'settings.theme.system': 'Same as system',
  'settings.theme.light': 'Light',
  'settings.theme.dark': 'Dark',

  'settings.currencyFormat.label': 'Amounts under $1',
  'settings.currencyFormat.precise': '$0.041',
  'settings.currencyFormat.cents': '$0.04',

  'settings.trayClick.label': 'A click on the icon',
  'settings.trayClick.popover': 'opens Meshbar',
  'settings.trayClick.toggle': 'starts or stops the proxy',
  'settings.trayClick.rightClick': 'A right click opens Meshbar.',
  'settings.trayClick.fromMenu': 'Its menu opens Meshbar.',

  'settings.trayText.label': 'First line of the icon’s tooltip',
  'settings.trayText.labelMac': 'Next to the icon',
  'settings.trayText.nothing': 'Nothing',
  'settings.trayText.cost': 'Today’s cost',
  'settings.trayText.requests': 'Today’s requests',
  'settings.trayText.tokens': 'Today’s tokens',

  'settings.retentionDays.option': 'remove single usage records after so many days (default: never)',
  'settings.retentionDays.label': 'Keep individual requests',
  'settings.retentionDays.hint': 'Daily totals are kept.',
  'settings.retentionDays.days': '{count, plural, one {# day} other {# days}}',
  'settings.retentionDays.year': '1 year',
  'settings.retentionDays.always': 'Forever',
  'settings.retentionDays.problem': 'It must be {min} to {max} days.',

  'settings.retentionMegabytes.option': 'remove the oldest records when the ledger grows beyond this (default: never)',
  'settings.retentionMegabytes.problem': 'It must be a whole number of megabytes, at least 1.',

  'settings.updatePrices.option': 'fetch the public price list once a day',
  'settings.updatePrices.label': 'Keep the price list up to date',
  'settings.updatePrices.bundled': 'Fetched once a day; nothing is sent. In use: {version}, came with Meshbar.',
  'settings.updatePrices.fetched': 'Fetched once a day; nothing is sent. In use: {version}, fetched {moment}.',
  'settings.updatePrices.knowsMore': 'This list has prices for models that had none before.',
  'settings.updatePrices.reprice': '{count, plural, one {Price # unpriced request} other {Price # unpriced requests}}',
  'settings.updatePrices.problem': 'It must be an http or https URL.',

  'settings.notifyStopped.label': 'the proxy stops unexpectedly',
  'settings.notifySession.label': 'the session has ended',
  'settings.notifyBudget.label': 'a budget reaches 50, 80 or 100%',

  'settings.updateChannel.label': 'Updates',
  'settings.updateChannel.latest': 'Releases',
  'settings.updateChannel.beta': 'Releases and betas',

  'settings.tui.option': 'show the dashboard (default in a terminal)',
  'settings.tui.off': 'print a line for each exchange instead',
  'settings.json.option': 'print one JSON record for each exchange, nothing else',
  'settings.demo.option': 'run against the built-in simulator, with traffic of its own',
  'settings.orDemo.option': 'as --demo where there is no session or token',
  'settings.shell.option': 'form of the exports (sh is for zsh and bash too)',

  'settings.contradiction.emptyBearer': '--bearer needs a key: it must not be empty.',
  'settings.contradiction.unprintableBearer':
    '--bearer takes printable ASCII without spaces, so that the key fits into an HTTP field.',
  'settings.contradiction.bearerAndInsecure': '--bearer and --insecure contradict each other: choose one.',
  'settings.contradiction.noSuchVariable':
    'the environment variable {name} is not set: set it, or leave out --token-from-env.',
  'settings.contradiction.exposure':
    '--insecure on {host} lets anyone who reaches it spend your money: leave it out, bind to 127.0.0.1, or insist with --insecure-expose.',
  'settings.contradiction.nothingToExport': '--otlp-insecure says how to export: add --otlp, or leave it out.',
  'settings.contradiction.tuiAndJson': '--tui and --json contradict each other: choose one.',
  'settings.contradiction.noTerminal': '--tui needs a terminal: leave it out, or run meshbar in one.',

  'settings.file.unreadable': '{file} can’t be read: the defaults apply.',
  'settings.file.noSettings': '{file} does not contain settings: the defaults apply.',
  'settings.file.setAside': 'The settings could not be read. They were set aside as {copy}, and the defaults apply.',
  'settings.file.unusable': 'The setting “{name}” in {file} can’t be used: the default applies until you change it.',
  'settings.file.unknown': 'There is no setting “{name}”.',

  'settings.change.restart': 'The proxy starts again.',
  'settings.change.restartAfter':
    '{count, plural, one {The proxy starts again, after what is in flight: # request has {seconds} s to end.} other {The proxy starts again, after what is in flight: # requests have {seconds} s to end.}}',
  'settings.change.addressFor': 'Give the new address to: {tools}.',
  'settings.change.address': 'Tools that you pointed at the proxy need the new address.',
  'settings.change.keyFor': 'Give the new key to: {tools}.',
  'settings.change.key': 'Tools that you pointed at the proxy need the new key.',
  'settings.change.addressAndKeyFor': 'Give the new address and key to: {tools}.',
  'settings.change.addressAndKey': 'Tools that you pointed at the proxy need the new address and key.',
  'settings.change.insecure': 'Every program that reaches the proxy may spend your money now.',
  'settings.change.oldKey': 'The old key is refused from now on.',
} as const;
