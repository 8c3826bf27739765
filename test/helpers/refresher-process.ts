import { createSession } from '../../src/session/create-session.js';
import { DEFAULT_CONFIG } from '../../src/settings/config.js';

/**
 * A Meshbar in a process of its own, for tests of two at once. For each message it opens the session of the home folder
 * given as argument, takes its token and sends it back: at once ("take"), or after the session was closed ("run").
 */
process.on('message', async (message) => {
  const session = createSession({ env: {}, homedir: process.argv[2], config: DEFAULT_CONFIG });
  const answer = await session.credentials().then(
    ({ upstreamToken }) => ({ token: upstreamToken }),
    (error: unknown) => ({ error: String(error) }),
  );
  if (message === 'take') process.send?.(answer);
  await session.close();
  if (message === 'run') process.send?.(answer);
});
process.send?.({ ready: true });
