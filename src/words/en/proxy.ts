/** What the proxy says: to whoever runs it, and to clients. */
export const proxy = {
  'proxy.meterFailed': 'The meter failed on an exchange ({name}); it goes unmetered.',
  'proxy.rewriteFailed': 'Usage could not be asked for on an exchange’s behalf ({name}); its bytes pass as they came.',
  'proxy.listener': 'The listener reported: {detail}',
} as const;
