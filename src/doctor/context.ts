import type { ProxyConfig } from '../settings/config.js';
import type { MeshbarPaths } from '../settings/paths.js';

/** Where the doctor looks, and what it compares with. */
export interface DoctorContext {
  /** Of the Meshbar that asks. */
  readonly version: string;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  /** As the proxy is, or would be, started. */
  readonly config: ProxyConfig;
  readonly paths: MeshbarPaths;
  readonly env: NodeJS.ProcessEnv;
  /** Whether `env` is a shell's, in which tools are started; else it is the app's own. */
  readonly isShell: boolean;
  readonly homedir: string;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** The bundled ledger-check-worker.ts. */
  readonly ledgerCheckWorker: URL | string;
}
