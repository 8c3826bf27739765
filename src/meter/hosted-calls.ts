/** Tools that the provider itself ran for an answer: each call of one is an item of what the answer says. */

/** By kind: "file_search_call", "web_search_call/search", "server_tool_use/web_search", "container". */
export type Calls = Readonly<Record<string, number>>;

/** What of each item is looked at (JsonScanner). */
export const HOSTED_CALL_KEYS = [{ type: true, name: true, action: { type: true } }] as const;

/** Names of kinds come from outside. */
const MAX_KINDS = 50;

export function isHostedCall(item: unknown): boolean {
  return kindOf(item) !== undefined;
}

/** Undefined where there are none. `container` is what the answer says of where code ran. */
export function callsOf(items: unknown, container: unknown): Calls | undefined {
  let calls: Record<string, number> | undefined;
  if (Array.isArray(items)) {
    let kinds = 0;
    for (const item of items) {
      const kind = kindOf(item);
      if (kind === undefined) continue;
      calls ??= {};
      if (!Object.hasOwn(calls, kind)) kinds += 1;
      if (kinds <= MAX_KINDS) calls[kind] = (calls[kind] ?? 0) + 1;
    }
  }
  if (typeof container === 'object' && container !== null) calls = { ...calls, container: 1 };
  return calls;
}

function kindOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('type' in item) || typeof item.type !== 'string') return undefined;
  const { type } = item;
  if (type === 'server_tool_use') return 'name' in item ? kind(type, item.name) : type;
  if (!/^[a-z_]{1,40}_call$/.test(type) || RUN_BY_CLIENTS.has(type)) return undefined;
  return 'action' in item ? kind(type, typeOf(item.action)) : type;
}

const RUN_BY_CLIENTS = new Set(['function_call', 'custom_tool_call', 'computer_call']);

function kind(type: string, detail: unknown): string {
  return typeof detail === 'string' ? `${type}/${detail.slice(0, 40)}` : type;
}

function typeOf(action: unknown): unknown {
  return typeof action === 'object' && action !== null && 'type' in action ? action.type : undefined;
}
