/** What went wrong beside the exchanges. */
export const engine = {
  'engine.unannounced.app': '{file} can’t be written: `meshbar env` in a terminal won’t find this proxy.',
  'engine.unannounced.terminal': '{file} can’t be written: `meshbar env` won’t find this proxy.',
  'engine.oldKeyAnnounced': '{file} can’t be written: it holds the old key.',
  'engine.temporaryKeysStay': 'Temporary keys stay valid: {problem}',
} as const;
