import { parseArgs } from 'node:util';
import { createSimulator } from './simulator.js';

const HELP = `A stand-in for hosted MeshAgent.

  --port N                    default 0: a free one
  --host ADDRESS              default 127.0.0.1
  --access-token-seconds N    lifetime of access tokens, default 3600
  --rotate                    a refresh replaces the refresh token
`;

/** Starts the simulator alone; prints, one a line, its address, an access token and a project as shell variables. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      'access-token-seconds': { type: 'string', default: '3600' },
      rotate: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const simulator = await createSimulator({
    host: values.host,
    port: wholeNumber('port', values.port),
    accessTokenSeconds: wholeNumber('access-token-seconds', values['access-token-seconds']),
    rotate: values.rotate,
  }).start();
  const lines = [
    `MESHAGENT_API_URL=${simulator.url}`,
    `MESHAGENT_TOKEN=${simulator.upstreamToken}`,
    `MESHAGENT_PROJECT_ID=${simulator.projectId}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => simulator.stop());
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new TypeError(`--${option} takes a whole number, not "${text}".`);
  return Number(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
