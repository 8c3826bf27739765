import { type MeshbarPaths, shownHost } from '../core/config.js';
import { portOwner } from '../core/proxy/port-owner.js';
import { askStatus, type ProxyStatus } from '../core/proxy-status.js';
import { type RunningMeshbar, readRunFile } from '../core/run-file.js';
import { INSECURE_KEY } from '../core/session/local-key.js';
import type { DoctorContext } from './context.js';
import { type Probe, probeUpstream } from './probe.js';
import { type ReadSettings, readSettings } from './read-settings.js';
import { createServiceCalls, type Service, type ServiceCalls, serviceOf } from './service.js';

/** The proxy of this MESHBAR_HOME. `silent`: its process lives, but nothing of Meshbar answers at its address. */
type ProxyStanding =
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
  /** What the running proxy says of itself; undefined: none runs, or an older one. */
  status(): Promise<ProxyStatus | undefined>;
  service(): Promise<Service>;
  readonly calls: ServiceCalls;
  probe(): Promise<Probe>;
}

/** `signal` ends what is asked of the service. */
export function createFacts(context: DoctorContext, signal?: AbortSignal): Facts {
  const service = once(async () => serviceOf(context, (await facts.settings()).settings));
  const facts: Facts = {
    context,
    service,
    calls: createServiceCalls(service, signal),
    probe: once(async () => {
      const { baseUrl, addressFault } = await service();
      if (baseUrl !== undefined) return probeUpstream(baseUrl, signal);
      return { kind: 'no_address', why: addressFault ?? '' };
    }),
    status: once(async () => {
      const standing = await facts.proxy();
      return standing.status === 'answers' ? askStatus(standing.proxy) : undefined;
    }),
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
