import type { ToolId } from '../shared/tools.js';
import type { Message } from '../words/index.js';
import type { ConfigFormat, ConfigPath, ConfigValue } from './formats/config-format.js';

/** Of the proxy that a tool shall use. */
export interface ProxyAddress {
  /** Without a trailing slash: "http://127.0.0.1:8766". */
  readonly url: string;
  /** A secret. */
  readonly localKey: string;
}

/** Where tools look for their files. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly homedir: string;
  readonly platform: NodeJS.Platform;
}

/** One key of ours in a tool's file. */
export interface ToolSetting {
  readonly path: ConfigPath;
  readonly value: ConfigValue;
  /**
   * address: where the tool sends; key: what it shows there (a secret); optional: written where nothing stands, and
   * left alone otherwise.
   */
  readonly role?: 'address' | 'key' | 'optional';
}

interface ToolBase {
  /** As it is typed: "claude-code". */
  readonly id: ToolId;
  readonly title: string;
  /** How the meter names it (src/meter/tool.ts); undefined: it can't be told from others. */
  readonly meterName?: string;
  /** Commands that are there where the tool is. */
  readonly programs: readonly string[];
}

/** A tool with a file that Meshbar edits. */
export interface FileTool extends ToolBase {
  readonly kind: 'file';
  readonly format: ConfigFormat;
  /** Absolute path of the file that the tool reads, by its own variables and rules. */
  file(surroundings: Surroundings): string;
  settings(address: ProxyAddress): readonly ToolSetting[];
  /** Where the tool sends now, if that is neither the proxy nor what its address settings say. */
  goesElsewhere?(config: unknown, address: ProxyAddress): string | undefined;
  /** What in the file may still keep requests from Meshbar. */
  remarks?(config: unknown): readonly Message[];
  /** What a person has to do besides. */
  readonly byHand?: (address: ProxyAddress) => readonly Message[];
  /** How to see that it works. */
  readonly verify: Message;
}

/** A line of what a person does: a sentence, or what is to be typed as it is. */
export type Step = Message | string;

/** A tool whose settings Meshbar can't write: what a person does, or why it can't be done. */
export interface GuidedTool extends ToolBase {
  readonly kind: 'guided';
  readonly possible: boolean;
  /** `localKey` is put in as given: masked ones make a preview. */
  steps(address: ProxyAddress): readonly Step[];
}

export type Tool = FileTool | GuidedTool;
