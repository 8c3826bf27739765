/** What a tool has to be told. */
export interface Expected {
  /** Without a trailing slash. */
  readonly url: string;
  /** Any key will do. */
  readonly insecure: boolean;
  /** Whether a key is one that the proxy takes; undefined: it can't be told, such as where none has been made yet. */
  takes(key: string): Promise<boolean | undefined>;
}

/** How a tool's own settings stand to the proxy. */
export interface ToolStanding {
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
  inspect(expected: Expected): Promise<readonly ToolStanding[]>;
}
