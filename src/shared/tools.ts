import type { ErrorFacts } from './errors.js';

/** Tools that Meshbar knows, and how they stand to it: plain data for both shells. No secrets. */

/** As they are typed, in the order that a list shows them. */
export const TOOL_IDS = [
  'claude-code',
  'codex',
  'opencode',
  'aider',
  'continue',
  'zed',
  'vscode',
  'cline',
  'jetbrains',
  'cursor',
  'ai-sdk',
  'langchain',
] as const;
export type ToolId = (typeof TOOL_IDS)[number];

/** How a tool stands to the proxy. `Problem`: an error, as facts or in a shell's words. */
export type ToolState<Problem = ErrorFacts> =
  /** It sends to Meshbar, with a key that Meshbar takes. */
  | { readonly status: 'connected' }
  | { readonly status: 'not-connected' }
  /** Its settings lead to another address on purpose, or to another provider. */
  | { readonly status: 'elsewhere'; readonly address: string }
  /** They lead to a Meshbar, at an address where ours is not. */
  | { readonly status: 'old-address'; readonly address: string }
  /** They lead here, to a path under which its calls are refused. */
  | { readonly status: 'wrong-path'; readonly address: string }
  /** It sends to Meshbar, with a key that is no longer one. */
  | { readonly status: 'stale-key' }
  /** Some of our keys are gone. */
  | { readonly status: 'incomplete'; readonly missing: readonly string[] }
  /** What Meshbar wrote has been changed by hand since. */
  | { readonly status: 'changed'; readonly keys: readonly string[] }
  | { readonly status: 'unreadable'; readonly reason: Problem }
  /** Its settings are not in a file that Meshbar can write. */
  | { readonly status: 'by-hand'; readonly possible: boolean };

/** A tool in a shell's words. */
export interface ToolReport {
  readonly id: ToolId;
  readonly title: string;
  /** Whether it seems to be on this machine: its file or one of its commands is there. */
  readonly found: boolean;
  /** As the tool is told it; links are not followed. */
  readonly file?: string;
  /** Meshbar wrote into its files: disconnecting brings back what stood there. */
  readonly isOurs: boolean;
  readonly state: ToolState<string>;
  readonly remarks: readonly string[];
}

/** One key, before and after, as a person may see it: keys masked. Undefined: nothing is there. */
export interface PreviewLine {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What connecting or disconnecting a tool would do, for a person to agree to. */
export type ToolPlan =
  | {
      readonly kind: 'change';
      readonly id: ToolId;
      readonly title: string;
      /** Names this plan when it is to be carried out. */
      readonly plan: number;
      readonly files: readonly {
        readonly file: string;
        /** restored: it gets back the very bytes that it had. */
        readonly change: 'made' | 'edited' | 'restored' | 'removed';
        readonly lines: readonly PreviewLine[];
      }[];
      readonly remarks: readonly string[];
      /** What a person has to do besides; keys masked. */
      readonly byHand: readonly string[];
      readonly verify?: string;
    }
  | {
      readonly kind: 'steps';
      readonly id: ToolId;
      readonly title: string;
      readonly possible: boolean;
      /** What a person does, or why it can't be done; keys masked. */
      readonly steps: readonly string[];
    };
