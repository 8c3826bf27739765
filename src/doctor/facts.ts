import { type MeshbarPaths, type ProxyConfig, shownHost } from '../core/config.js';
import { portOwner } from '../core/proxy/port-owner.js';
import { type RunningMeshbar, readRunFile } from '../core/run-file.js';
import { INSECURE_KEY } from '../core/session/local-key.js';
import { type ReadSettings, readSettings } from './read-settings.js';

/** Where the doctor looks, and what it compares with. */
export interface DoctorContext {
  /** Of the Meshbar that asks. */
  readonly version: string;
  /** As the proxy is, or would be, started. */
  readonly config: ProxyConfig;
  readonly paths: MeshbarPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly homedir: string;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
}

/** The proxy of this MESHBAR_HOME. `silent`: its process lives, but nothing of Meshbar answers at its address. */
export type ProxyStanding =
  | { readonly status: 'none' }
  | { readonly status: 'answers' | 'silent'; readonly proxy: RunningMeshbar };

/** What a tool has to be told. */
export interface Expected {
  /** Without a trailing slash. */
  readonly url: string;
  /** A secret; undefined: none has been made yet. */
  readonly localKey: string | undefined;
  /** Any key will do. */
  readonly insecure: boolean;
}

/** What more than one check needs, each found out once. */
export interface Facts {
  readonly context: DoctorContext;
  proxy(): Promise<ProxyStanding>;
  expected(): Promise<Expected>;
  settings(): Promise<ReadSettings>;
}

export function createFacts(context: DoctorContext): Facts {
  const facts: Facts = {
    context,
    proxy: once(() => proxyStanding(context.paths)),
    settings: once(() => readSettings(context.homedir)),
    expected: once(async () => {
      const standing = await facts.proxy();
      if (standing.status !== 'none') {
        const { url, localKey } = standing.proxy;
        return { url, localKey, insecure: localKey === INSECURE_KEY };
      }
      const { config } = context;
      const { settings } = await facts.settings();
      return {
        url: `http://${shownHost(config.host)}:${config.port}`,
        localKey: config.insecure ? INSECURE_KEY : (config.bearer ?? settings?.activeUser?.localKey),
        insecure: config.insecure,
      };
    }),
  };
  return facts;
}

async function proxyStanding(paths: MeshbarPaths): Promise<ProxyStanding> {
  const proxy = await readRunFile(paths);
  if (!proxy) return { status: 'none' };
  const { hostname, port } = new URL(proxy.url);
  return { status: (await portOwner(hostname, Number(port))) ? 'answers' : 'silent', proxy };
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
