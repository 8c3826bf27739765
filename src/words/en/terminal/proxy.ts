/** A proxy in the terminal: as it starts, runs and stops, without a dashboard; where it is, and what runs through it. */
export const proxy = {
  'terminal.proxy.listens': 'Meshbar {version} listens on {url} for project {project}',
  'terminal.proxy.token': 'MeshAgent token: {source}',
  'terminal.proxy.localKey': 'Local key: {source}',
  'terminal.proxy.draining':
    'Waiting up to {seconds} s for {count, plural, one {# request in flight; Ctrl-C again cuts it} other {# requests in flight; Ctrl-C again cuts them}}.',
  'terminal.proxy.unread':
    '{count, plural, one {# request was} other {# requests were}} not printed: nobody read the output.',
  'terminal.proxy.demo': 'Demo: a simulator answers; nothing leaves this machine, and nothing costs money.',
  'terminal.proxy.demoInstead':
    '{reason} So this is a demo, with a simulator behind it. To sign in, run `meshbar login`, or set MESHAGENT_TOKEN and MESHAGENT_PROJECT_ID.',
  'terminal.proxy.portTaken': 'Port {port} is taken, so the demo uses a free one.',
  'terminal.proxy.metrics': 'Metrics for Prometheus: {url}, with the local key.',
  'terminal.proxy.otlp': 'Metrics and spans, without content, go to {hosts} by OTLP.',

  'terminal.proxy.noneForEnv': 'No proxy is running; these are the variables that `meshbar proxy` will use.',
  'terminal.proxy.otherHasPort':
    'Another Meshbar (a demo, or one with another MESHBAR_HOME) has port {port}; it prints its own variables.',

  'terminal.proxy.notRunning': 'Meshbar is not running. `meshbar proxy` starts it.',
  'terminal.proxy.otherRuns': 'Another Meshbar (a demo, or one with another MESHBAR_HOME) has port {port}.',
  'terminal.proxy.running': 'Meshbar {version} is running on {url} for project {project}',
  'terminal.proxy.process': 'process',
  'terminal.proxy.since': '{process}, since {moment} ({duration})',
  'terminal.proxy.requests': 'requests',
  'terminal.proxy.inFlight': '{count} in flight',
  'terminal.proxy.overhead': 'overhead',
  'terminal.proxy.ledger': 'ledger',

  'terminal.proxy.nothingPassed': 'No request went through the proxy.',
  'terminal.proxy.commandNotFound': '{command}: command not found. Check its name, and that its folder is in PATH.',
  'terminal.proxy.commandNotStarted': '{command} can’t be started ({reason}).',
} as const;
