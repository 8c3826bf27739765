import { learnSecret, redact, redactedJson } from '../../files/secrets.js';
import { MeshbarError } from '../../shared/errors.js';
import type { ToolId, ToolPlan } from '../../shared/tools.js';
import type { Tool } from '../../tools/adapter.js';
import type { ConnectPlan } from '../../tools/connect.js';
import { type Connections, createConnections, type DisconnectPlans } from '../../tools/connections.js';
import { maskKey } from '../../tools/preview.js';
import { findTool, TOOLS } from '../../tools/registry.js';
import { stepTexts, toolReport } from '../../tools/tool-report.js';
import { textOf } from '../../words/index.js';
import type { AppEngine } from '../engine/app-engine.js';
import { proxyAddress } from '../engine/proxy-address.js';
import type { Requests } from '../ipc/requests.js';
import type { SettingsStore } from '../settings/settings.js';
import type { FirstRequestWatch } from '../usage/first-request.js';
import { appConnectContext } from './connect-context.js';

export interface ToolRequestsOptions {
  readonly requests: Requests;
  readonly engine: AppEngine;
  readonly settings: SettingsStore;
  /** Meshbar's own folder. */
  readonly home: string;
  readonly firstRequest: Pick<FirstRequestWatch, 'connected' | 'forget'>;
}

type Planned =
  | { readonly action: 'connect'; readonly tool: Tool; readonly plan: ConnectPlan }
  | { readonly action: 'disconnect'; readonly tool: Tool; readonly plan: DisconnectPlans };

/**
 * Connecting from a window: a plan is shown, and that very plan is carried out. A file that has changed in between is
 * left alone. The demo connects nothing: its address and key are gone when it ends, and an app that is killed could not
 * give the files back.
 */
export function registerToolRequests(options: ToolRequestsOptions): void {
  const { requests, engine, settings, home, firstRequest } = options;
  /** The plan that was shown last. */
  let planned: { readonly id: number; readonly what: Planned } | undefined;
  let plans = 0;

  async function connections(): Promise<Connections> {
    const { keys } = engine.current;
    return createConnections({ context: appConnectContext(home), keys, address: await address() });
  }

  async function address() {
    if (engine.isDemo) {
      throw new MeshbarError('invalid_option', { why: 'demo_tools' });
    }
    const found = await proxyAddress(engine, settings);
    learnSecret(found.localKey);
    return found;
  }

  function keep(what: Planned): number {
    plans += 1;
    planned = { id: plans, what };
    return plans;
  }

  function take<Action extends Planned['action']>(action: Action, tool: ToolId, id: number) {
    const what = planned?.id === id ? planned.what : undefined;
    planned = undefined;
    if (what?.action === action && what.tool.id === tool) return what as Extract<Planned, { action: Action }>;
    throw new MeshbarError('invalid_option', { why: 'plan_gone' });
  }

  async function planOf(tool: Tool, action: Planned['action'], force: boolean): Promise<ToolPlan> {
    const { id, title } = tool;
    if (tool.kind === 'guided') {
      const { url, localKey } = await address();
      return {
        kind: 'steps',
        id,
        title,
        possible: tool.possible,
        steps: stepTexts(tool.steps({ url, localKey: maskKey(localKey) }), 'app'),
      };
    }
    const known = await connections();
    if (action === 'disconnect') {
      const plan = await known.disconnect(tool, { force });
      const files = plan.files.map(({ file, removesFile, isExact, lines }) => ({
        file,
        change: removesFile ? ('removed' as const) : isExact ? ('restored' as const) : ('edited' as const),
        lines: redacted(lines),
      }));
      return { kind: 'change', id, title, plan: keep({ action, tool, plan }), files, remarks: [], byHand: [] };
    }
    const plan = await known.connect(tool, { force });
    const { file, makesFile, lines, remarks } = plan;
    const masked = { url: '', localKey: maskKey((await address()).localKey) };
    return {
      kind: 'change',
      id,
      title,
      plan: keep({ action, tool, plan }),
      files: [{ file, change: makesFile ? 'made' : 'edited', lines: redacted(lines) }],
      remarks: stepTexts(remarks, 'app').map(redact),
      byHand: stepTexts(tool.byHand?.(masked) ?? [], 'app'),
      verify: textOf(tool.verify, 'app'),
    };
  }

  requests.handle('tools:list', async () => {
    if (engine.isDemo) return [];
    const tools = await (await connections()).list();
    return redacted(tools.map((tool) => toolReport(tool, 'app')));
  });
  requests.handle('tools:plan', ({ id, action, force }) => planOf(toolOf(id), action, force));
  requests.handle('tools:connect', async ({ id, plan }) => {
    const what = take('connect', id, plan);
    await what.plan.apply();
    const { title, meterName } = what.tool;
    firstRequest.connected({ kind: 'tool', id, title }, meterName);
  });
  requests.handle('tools:disconnect', async ({ id, plan }) => {
    await take('disconnect', id, plan).plan.apply();
    firstRequest.forget();
  });
}

function toolOf(id: ToolId): Tool {
  const tool = findTool(id);
  if (tool) return tool;
  throw new MeshbarError('tool_unknown', { name: id, known: TOOLS.map((one) => one.id).join(', ') });
}

/** A tool's file may hold an address with a password in it. */
function redacted<T>(value: T): T {
  return JSON.parse(redactedJson(value)) as T;
}
