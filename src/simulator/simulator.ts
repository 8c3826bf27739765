import { startServer } from './server.js';
import { createService, type ServiceOptions } from './service.js';

export interface SimulatorOptions extends ServiceOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/** A stand-in for hosted MeshAgent. */
export interface RunningSimulator {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  /** An access token that is always good. */
  readonly upstreamToken: string;
  readonly projectId: string;
  stop(): Promise<void>;
}

/** Builds a stand-in that listens once it is started. */
export function createSimulator(options: SimulatorOptions = {}): { start(): Promise<RunningSimulator> } {
  return {
    async start() {
      const service = createService(options);
      const server = await startServer(service, options.host ?? '127.0.0.1', options.port ?? 0);
      return {
        url: server.url,
        upstreamToken: service.sessions.upstreamToken,
        projectId: service.projects[0]?.id ?? '',
        stop: () => server.stop(),
      };
    },
  };
}
