import { learnSecret } from '../files/secrets.js';
import type { Keys } from '../limits/keys.js';
import { KEY_PREFIX } from '../shared/keys.js';
import type { FileTool, ProxyAddress, Tool } from './adapter.js';
import { type ConnectPlan, planConnect } from './connect.js';
import type { ConnectContext } from './context.js';
import { type DisconnectPlan, planDisconnect } from './disconnect.js';
import { holdsKey, keysInFile, keysWritten } from './keys-of.js';
import { makeKey } from './make-key.js';
import { TOOLS } from './registry.js';
import { type InspectedTool, inspectTool } from './tool-state.js';

/** Stands for a key that is not made before somebody has agreed to the plan. */
export const NEW_KEY = `${KEY_PREFIX}a-new-key-of-its-own`;

export interface ConnectionsOptions {
  readonly context: ConnectContext;
  readonly keys: Keys;
  /** Where the proxy is, with the shared key. */
  readonly address: ProxyAddress;
}

export interface DisconnectPlans {
  readonly files: readonly DisconnectPlan[];
  /** Undoes each file, tells of each that is done, and then revokes the tool's own key. Rejects with MeshbarError. */
  apply(onUndone?: (plan: DisconnectPlan) => void): Promise<void>;
}

/** Tools with keys of their own: what connecting writes, joined with the named keys. */
export interface Connections {
  /** How all tools stand, in the order of a list. */
  list(): Promise<InspectedTool[]>;
  /** Of planConnect; its apply() makes the tool's key where it has none that is good. Rejects as planConnect does. */
  connect(tool: FileTool, options?: { force?: boolean }): Promise<ConnectPlan>;
  /** Rejects as planDisconnect does. */
  disconnect(tool: FileTool, options?: { force?: boolean }): Promise<DisconnectPlans>;
}

/**
 * A tool's key is named for the tool. It has one as long as that is good: keys are kept as hashes alone, so that one
 * from its file, or from what Meshbar remembers of writing there, is checked. One that holds no key in a file, such as
 * Zed, gets the shared key, since a new one could not be told from the one before.
 */
export function createConnections({ context, keys, address }: ConnectionsOptions): Connections {
  const isGood = (key: string) => {
    if (key === address.localKey) return true;
    const verdict = keys.check(key);
    return verdict !== undefined && verdict.refusal === undefined;
  };

  async function addressFor(tool: Tool): Promise<ProxyAddress> {
    if (tool.kind === 'guided' || !holdsKey(tool)) return address;
    const written = await keysWritten(tool, context).catch(() => []);
    const localKey = [...(await keysInFile(tool, context)), ...written].find(isGood) ?? NEW_KEY;
    learnSecret(localKey === NEW_KEY ? undefined : localKey);
    return { ...address, localKey };
  }

  async function makeAndApply(tool: FileTool, plan: ConnectPlan): Promise<void> {
    const { key, info } = await makeKey(keys, tool.title);
    learnSecret(key);
    try {
      await plan.apply(key);
    } catch (error) {
      // Why it could not be written is what counts; nobody has the key.
      await keys.revoke(info.id).catch(() => {});
      throw error;
    }
  }

  return {
    list: () => Promise.all(TOOLS.map(async (tool) => inspectTool(tool, await addressFor(tool), context))),
    async connect(tool, options) {
      const own = await addressFor(tool);
      const plan = await planConnect(tool, own, context, options);
      if (own.localKey !== NEW_KEY || plan.lines.length === 0) return plan;
      return { ...plan, apply: () => makeAndApply(tool, plan) };
    },
    async disconnect(tool, options) {
      const files = await planDisconnect(tool, context, options);
      const written = await keysWritten(tool, context);
      return {
        files,
        async apply(onUndone) {
          for (const plan of files) {
            await plan.apply();
            onUndone?.(plan);
          }
          for (const key of written) {
            const verdict = keys.check(key);
            if (verdict && verdict.refusal === undefined) await keys.revoke(verdict.keyId);
          }
        },
      };
    },
  };
}
