import type { EndpointRow, ErrorForm, Provider, StreamForm, UsageReader } from './provider.js';

/** A row of a provider's table with what the provider says where the row doesn't. */
export interface Endpoint extends EndpointRow {
  readonly stream: StreamForm;
  readonly usageOf: UsageReader;
  readonly errorBody: ErrorForm;
}

export interface EndpointTable {
  /** The endpoint of a path (without query); undefined where MeshAgent's service answers none. Allocates nothing. */
  at(path: string): Endpoint | undefined;
  /** What holds for a path that is not in the table. */
  readonly other: Endpoint;
}

export function createEndpointTable({ endpoints, stream, usageOf, errorBody }: Provider): EndpointTable {
  const exact = new Map<string, Endpoint>();
  const folders: { readonly start: string; readonly endpoint: Endpoint }[] = [];
  for (const [path, row] of Object.entries(endpoints)) {
    const endpoint: Endpoint = { stream, usageOf, errorBody, ...row };
    if (path.endsWith('/*')) folders.push({ start: path.slice(0, -1), endpoint });
    else exact.set(path, endpoint);
  }
  return {
    at(path) {
      const found = exact.get(path);
      if (found) return found;
      for (const { start, endpoint } of folders) if (path.startsWith(start)) return endpoint;
      return undefined;
    },
    other: { operation: 'other', stream, usageOf, errorBody },
  };
}
