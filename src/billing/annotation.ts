import { toolOf } from '../meter/tool.js';
import type { ExchangeHead } from '../shared/exchange.js';

/** MeshAgent keeps what such fields say with the usage it bills. */
const TOOL_FIELD = 'X-Meshagent-Annotation-Meshbar-Tool';
const EXCHANGE_FIELD = 'X-Meshagent-Annotation-Meshbar-Exchange';
/** What the usage call knows the second one as. */
export const EXCHANGE_ANNOTATION = 'meshbar-exchange';
const MAX_LENGTH = 60;

export interface AnnotationOptions {
  /** Name the calling tool. */
  readonly annotateTool: boolean;
  /** Give each exchange a label by which its bill can be found. */
  readonly settle: boolean;
}

/**
 * The fields that tell MeshAgent of an exchange, flat. The head is marked as labelled, unless the client has sent a
 * label of its own: that one passes, and what is billed under it may be more than this exchange.
 */
export function annotationsFor(head: ExchangeHead, { annotateTool, settle }: AnnotationOptions): readonly string[] {
  const tool = annotateTool ? toolAnnotation(toolOf(head.headers).name) : [];
  if (!settle || head.headers['x-meshagent-annotation-meshbar-exchange'] !== undefined) return tool;
  head.labelled = true;
  return [...tool, EXCHANGE_FIELD, head.id];
}

/** The label that a labelled exchange was sent with; the responses of a WebSocket share that of its handshake. */
export function labelOf({ id }: { readonly id: string }): string {
  const dot = id.indexOf('.');
  return dot === -1 ? id : id.slice(0, dot);
}

/**
 * The field that names the calling tool to MeshAgent, flat; empty for a name of which nothing is left. Names come from
 * user agents: only printable ASCII passes, since anything else is read differently by different servers.
 */
export function toolAnnotation(tool: string): readonly string[] {
  const value = tool
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, MAX_LENGTH)
    .trimEnd();
  return value === '' ? [] : [TOOL_FIELD, value];
}
