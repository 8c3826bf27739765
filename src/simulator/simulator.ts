import type { ServiceControl } from './control-api.js';
import { startServer } from './server.js';
import { createService, type ServiceOptions } from './service.js';

export interface SimulatorOptions extends ServiceOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/** A stand-in for hosted MeshAgent, listening. */
export interface RunningSimulator extends ServiceControl {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  /** An access token that is always good. */
  readonly upstreamToken: string;
  /** The first project. */
  readonly projectId: string;
  /** Ends every connection and frees the port. */
  stop(): Promise<void>;
}

export interface Simulator {
  /** Started again after a stop, it listens on the same port and knows what it knew. */
  start(): Promise<RunningSimulator>;
}

/** Builds a stand-in that listens once it is started. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const service = createService(options);
  let port = options.port ?? 0;
  return {
    async start() {
      const server = await startServer(service, options.host ?? '127.0.0.1', port);
      port = server.port;
      const running = {
        url: server.url,
        upstreamToken: service.sessions.upstreamToken,
        projectId: service.projects[0]?.id ?? '',
        stop: () => server.stop(),
      };
      // Not spread: some of the controls are read again each time.
      return Object.assign(Object.create(server.control) as ServiceControl, running);
    },
  };
}
