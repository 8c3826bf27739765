import https from 'node:https';
import net from 'node:net';

/** The SDK's realtime client speaks TLS alone, whatever its base URL says: this makes its connections plain ones. */
export function plainAgent(): https.Agent {
  const agent = new https.Agent();
  agent.createConnection = ({ host, port }) => net.connect(Number(port), host ?? undefined);
  return agent;
}
