import type { Expected } from '../facts.js';

/** How a tool's own settings stand to the proxy. */
export interface ToolState {
  /** Such as "Claude Code". */
  readonly name: string;
  /** Where that stands. */
  readonly file: string;
  readonly standing:
    | 'connected'
    /** Its settings say nothing of an address: variables or the provider itself decide. */
    | 'unconnected'
    /** They lead somewhere else on purpose. */
    | 'elsewhere'
    /** They lead to a Meshbar, at an address where ours is not. */
    | 'old_address'
    | 'wrong_path'
    | 'wrong_key'
    /** They lead here, with something left out that Meshbar would write. */
    | 'incomplete'
    /** Somebody changed what Meshbar wrote. */
    | 'changed'
    | 'unreadable';
  /** A sentence more; never a key. */
  readonly remark?: string;
  /** What brings it in order. */
  readonly remedy?: { readonly text: string; readonly command?: string };
}

/** Who knows the settings of tools. */
export interface ToolConfigs {
  /** One state for each settings file that is there; none for tools that are not installed. Rejects never. */
  inspect(expected: Expected): Promise<readonly ToolState[]>;
}
