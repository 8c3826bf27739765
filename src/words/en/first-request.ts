/** Whether a tool that was just connected has sent its first request. */
export const firstRequest = {
  'first-request.seen': 'It works: first request from {tool}.',
  'first-request.seenOfModel': 'It works: first request from {tool}, {model}.',
  'first-request.missing': 'No request from {tool} arrived within a minute. It stays connected. To check:',
  'first-request.check.restart': 'Restart {tool}: most tools read their settings when they start.',
  'first-request.check.override': 'Settings of a project, a profile or the shell may override the ones written here.',
  'first-request.check.proxy': 'A VPN or HTTP proxy may capture requests to 127.0.0.1: NO_PROXY should list it.',
} as const;
