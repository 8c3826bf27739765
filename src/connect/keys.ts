/** Which local key a tool is given. */
export interface KeySource {
  /** The key that the tool shall show; the same one each time it is asked for. A secret. */
  keyFor(toolId: string): Promise<string>;
  /** The tool is disconnected: its key, if it was its alone, is worth nothing any more. */
  release(toolId: string): Promise<void>;
}

/** One key for all. */
export function sharedKey(key: () => Promise<string>): KeySource {
  return { keyFor: key, release: async () => {} };
}
