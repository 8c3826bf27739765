/** Around the views: the bars on top and the line at the foot. */
export const frame = {
  'app.frame.views': 'Views',
  'app.frame.usage': 'Usage',
  'app.frame.requests': 'Requests',
  'app.frame.connect': 'Connect a tool',
  'app.frame.settings': 'Settings',
  'app.frame.copyEnv': 'Copy env · {shell}',
  'app.frame.copyEnvFor': 'Copy env for another shell',
  'app.frame.popOut': 'Open in a window',
  'app.frame.nothingToChoose': 'Nothing to choose from.',
  'app.frame.noAnswer': 'Meshbar did not answer.',

  'app.frame.insecureHere': '<strong>Insecure.</strong> Every program on this computer can spend your money.',
  'app.frame.insecureOnNetwork': '<strong>Insecure.</strong> Everyone on your network can spend your money.',
  'app.frame.demo': '<strong>Demo.</strong> Requests go to a simulator and cost nothing.',
  'app.frame.moreNotices': '{text} ({count} more)',

  'app.frame.waitingAfterCopy': 'Copied. Paste it where your tool runs. Waiting for the first request…',
  'app.frame.waitingForTool': '{tool} is connected. Waiting for its first request…',
  'app.frame.firstRequest': 'It works: first request from <strong>{tool}</strong>.',
  'app.frame.firstRequestOfModel': 'It works: first request from <strong>{tool}</strong>, {model}.',
} as const;
