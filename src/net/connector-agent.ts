import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Connector } from './connector.js';

/**
 * For libraries that speak HTTP through node:http and take an agent: their connections are opened as ours are, by way of
 * corporate proxies and with the system's certificates. None is kept.
 */
export function createConnectorAgent(connect: Connector, secure: boolean): http.Agent {
  const agent = new (secure ? https : http).Agent();
  agent.createConnection = (_options, done) => {
    connect(done as (error: Error | null, socket: Duplex | null) => void);
    return undefined;
  };
  return agent;
}
