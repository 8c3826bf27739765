import type { EndpointRow, ErrorForm, Provider, StreamForm, UsageByModelReader, UsageReader } from './provider.js';

/** A row of a provider's table with what the provider says where the row doesn't. */
export interface Endpoint extends EndpointRow {
  readonly stream: StreamForm;
  readonly usageOf: UsageReader;
  readonly errorBody: ErrorForm;
  readonly usageByModel?: UsageByModelReader;
  readonly gapsOf?: Provider['gapsOf'];
  readonly hostedTools?: Provider['hostedTools'];
  readonly refusal?: string;
}

export interface EndpointTable {
  /** The endpoint of a path (without query); undefined where MeshAgent's service answers none. Allocates nothing. */
  at(path: string): Endpoint | undefined;
  /** What holds for a path that is not in the table. */
  readonly other: Endpoint;
}

export function createEndpointTable(provider: Provider): EndpointTable {
  const { endpoints, stream, usageOf, errorBody, usageByModel, gapsOf, hostedTools, refusal } = provider;
  const common = { stream, usageOf, errorBody, usageByModel, gapsOf, hostedTools, refusal };
  const exact = new Map<string, Endpoint>();
  const patterns: { readonly start: string; readonly end: string; readonly endpoint: Endpoint }[] = [];
  for (const [path, row] of Object.entries(endpoints)) {
    const endpoint: Endpoint = { ...common, ...row };
    const [start = '', end] = path.split('*');
    if (end === undefined) exact.set(path, endpoint);
    else patterns.push({ start, end, endpoint });
  }
  return {
    at(path) {
      const found = exact.get(path);
      if (found) return found;
      for (const { start, end, endpoint } of patterns) {
        if (path.startsWith(start) && path.endsWith(end) && path.length >= start.length + end.length) return endpoint;
      }
      return undefined;
    },
    other: { ...common, operation: 'other' },
  };
}
