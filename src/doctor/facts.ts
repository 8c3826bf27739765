import { readFile } from 'node:fs/promises';
import { setImmediate as nothingToDo } from 'node:timers/promises';
import { askStatus, type ProxyStatus } from '../engine/proxy-status.js';
import { type RunningMeshbar, readRunFile } from '../engine/run-file.js';
import { createKeys } from '../limits/keys.js';
import { parseKeysFile } from '../limits/keys-file.js';
import { portOwner } from '../proxy/port-owner.js';
import { INSECURE_KEY } from '../session/local-key.js';
import type { MeshbarPaths } from '../settings/paths.js';
import { proxyUrl } from '../shared/proxy-url.js';
import type { Expected } from '../tools/inspect-files.js';
import type { DoctorContext } from './context.js';
import { type Probe, probeUpstream } from './probe.js';
import { readSharedSettings, type SharedSettings } from './read-settings.js';
import { createServiceCalls, type Service, type ServiceCalls, serviceOf } from './service.js';
import { proxyTakesKey } from './tool-key.js';

/** The proxy of this MESHBAR_HOME. `silent`: its process lives, but nothing of Meshbar answers at its address. */
type ProxyStanding =
  | { readonly status: 'none' }
  | { readonly status: 'answers' | 'silent'; readonly proxy: RunningMeshbar };

/** What more than one check needs, each found out once. */
export interface Facts {
  readonly context: DoctorContext;
  proxy(): Promise<ProxyStanding>;
  expected(): Promise<Expected>;
  settings(): Promise<SharedSettings>;
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
      if (baseUrl === undefined) return { kind: 'no_address', why: addressFault };
      // What the other checks do at once would be taken for time on the way.
      await nothingToDo();
      return probeUpstream(baseUrl, signal);
    }),
    status: once(async () => {
      const standing = await facts.proxy();
      return standing.status === 'answers' ? askStatus(standing.proxy) : undefined;
    }),
    proxy: once(() => proxyStanding(context.paths)),
    settings: once(() => readSharedSettings(context.homedir)),
    expected: once(async () => {
      const standing = await facts.proxy();
      if (standing.status !== 'none') {
        const { url, localKey } = standing.proxy;
        return {
          url,
          insecure: localKey === INSECURE_KEY,
          takes: async (key) => {
            if (key === localKey) return true;
            return standing.status === 'answers' ? proxyTakesKey(url, key) : undefined;
          },
        };
      }
      const { config, paths } = context;
      const { settings } = await facts.settings();
      const takesNamed = await namedKeys(paths.keys);
      const localKey = config.bearer ?? settings?.activeUser?.localKey;
      return {
        url: proxyUrl(config.host, config.port),
        insecure: config.insecure,
        takes: async (key) => takesNamed(key) ?? (localKey === undefined ? undefined : key === localKey),
      };
    }),
  };
  return facts;
}

/**
 * Whether a key is a named one that is good; undefined: it is no named key. The file is read as it is: keys.ts would set
 * a damaged one aside, and here nothing is changed.
 */
async function namedKeys(file: string): Promise<(key: string) => boolean | undefined> {
  try {
    parseKeysFile(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return () => undefined;
  }
  const keys = createKeys({ path: file, onProblem: () => {} });
  return (key) => {
    const verdict = keys.check(key);
    return verdict && verdict.refusal === undefined;
  };
}

async function proxyStanding(paths: MeshbarPaths): Promise<ProxyStanding> {
  const proxy = await readRunFile(paths);
  if (!proxy) return { status: 'none' };
  const { hostname, port } = new URL(proxy.url);
  return { status: (await portOwner(hostname, Number(port || 80))) ? 'answers' : 'silent', proxy };
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
