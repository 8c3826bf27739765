import { learnSecret, redact, redactedJson } from '../files/secrets.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import type { FileTool } from '../tools/adapter.js';
import type { ConnectPlan } from '../tools/connect.js';
import { maskKey } from '../tools/preview.js';
import { stepTexts, toolReport } from '../tools/tool-report.js';
import { firstRequestText, whatToCheck } from '../words/first-request.js';
import { t } from '../words/index.js';
import { askYes, canAsk } from './ask.js';
import { awaitFirstRequest } from './await-first-request.js';
import { connectionsAt, toolNamed } from './connect-context.js';
import { previewText, stateText, toolTable } from './connect-lines.js';
import { EXIT, note, print, printError, printProblem } from './output.js';
import { type AddressNow, addressNow } from './proxy-address.js';

export interface ConnectOptions {
  readonly list: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly force: boolean;
  readonly wait: boolean;
  readonly demo: boolean;
  readonly json: boolean;
}

/** Points a tool at the proxy, or lists the tools and their states; gives the exit code. */
export async function runConnect(name: string | undefined, options: ConnectOptions): Promise<number> {
  try {
    if (name !== undefined && options.demo) return await connectDemo(name, options);
    const address = await addressNow();
    learnSecret(address.localKey);
    if (name === undefined || options.list) return await listTools(address, options);
    const tool = toolNamed(name);
    if (tool.kind === 'file') return await connect(tool, address, options);
    // On a screen the key is what is to be pasted; nobody pastes from a dry run.
    const localKey = options.dryRun ? maskKey(address.localKey) : address.localKey;
    const steps = stepTexts(tool.steps({ url: address.url, localKey }), 'terminal');
    if (options.json) print(JSON.stringify({ tool: tool.id, possible: tool.possible, steps }));
    else for (const step of steps) print(step);
    return tool.possible ? EXIT.ok : EXIT.failed;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}

async function listTools(address: AddressNow, { json }: ConnectOptions): Promise<number> {
  const reports = (await connectionsAt(address).list()).map((tool) => toolReport(tool, 'terminal'));
  if (json) print(redactedJson(reports));
  else {
    print(toolTable(reports));
    print(t('terminal.tools.listHint'));
  }
  return EXIT.ok;
}

async function connect(tool: FileTool, address: AddressNow, options: ConnectOptions): Promise<number> {
  const plan = await connectionsAt(address).connect(tool, { force: options.force });
  const isNeeded = plan.lines.length > 0;
  const refusal = await refusalOf(tool, plan, options);
  if (refusal !== undefined) return refusal;
  if (!options.dryRun) await plan.apply();
  if (options.json) {
    const { file, lines: changes } = plan;
    const remarks = stepTexts(plan.remarks, 'terminal');
    const connected = !options.dryRun || !isNeeded;
    const byHand = stepTexts(tool.byHand?.({ ...address, localKey: maskKey(address.localKey) }) ?? [], 'terminal');
    print(redactedJson({ tool: tool.id, file, connected, changes, remarks, byHand }));
    return EXIT.ok;
  }
  if (options.dryRun) return EXIT.ok;
  if (isNeeded) print(t('terminal.tools.connected', { tool: tool.title, id: tool.id }));
  for (const line of stepTexts([...(tool.byHand?.(address) ?? []), tool.verify], 'terminal')) print(line);
  return options.wait ? await waitForFirst(tool, address) : EXIT.ok;
}

/** Shows the plan and has it confirmed; gives the exit code where it is refused, undefined where it may be carried out. */
async function refusalOf(tool: FileTool, plan: ConnectPlan, options: ConnectOptions): Promise<number | undefined> {
  if (!options.json) showPlan(tool, plan);
  if (plan.lines.length === 0 || options.dryRun || options.yes) return undefined;
  if (options.json || !canAsk()) {
    printProblem(t('terminal.tools.cannotAsk'));
    return EXIT.usage;
  }
  if (await askYes(t('terminal.tools.write'))) return undefined;
  print(t('terminal.tools.unchanged'));
  return EXIT.failed;
}

async function connectDemo(name: string, options: ConnectOptions): Promise<number> {
  const tool = toolNamed(name);
  if (tool.kind !== 'file') {
    throw new MeshbarError('invalid_option', { why: 'demo_by_hand', tool: tool.title });
  }
  const { connectToDemo } = await import('./connect-demo.js');
  return connectToDemo(tool, options.force, (plan) => refusalOf(tool, plan, options));
}

function showPlan(tool: FileTool, { file, makesFile, state, lines, remarks }: ConnectPlan): void {
  if (lines.length === 0) print(t('terminal.tools.alreadyConnected', { tool: tool.title, file }));
  else {
    const plan = { tool: tool.title, state: redact(stateText(state)), file };
    print(t(makesFile ? 'terminal.tools.planNewFile' : 'terminal.tools.plan', plan));
    print(previewText(lines));
  }
  for (const remark of stepTexts(remarks, 'terminal')) printProblem(remark);
}

async function waitForFirst(tool: FileTool, address: AddressNow): Promise<number> {
  if (!address.running) {
    print(t('terminal.tools.noProxy'));
    return EXIT.ok;
  }
  const since = Date.now();
  note(t('terminal.tools.waiting', { tool: tool.title }));
  const first = await awaitFirstRequest(meshbarPaths().ledger, since, tool.meterName);
  if (first) print(firstRequestText(first));
  else for (const line of whatToCheck(tool.title)) print(line);
  return EXIT.ok;
}
