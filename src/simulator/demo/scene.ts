import type { DemoTool } from './tools.js';

/** One kind of call in a developer's day. */
export interface Scene {
  readonly tool: DemoTool;
  /** How often it comes, compared to the others. */
  readonly weight: number;
  readonly path: string;
  readonly transport?: 'websocket';
  /** Mean length of the prompt, in characters. The beginning is the same each time: that is what is cached. */
  readonly promptChars: number;
  /** Mean number of streamed events. */
  readonly events: number;
  /** Milliseconds between two of them. */
  readonly interval: number;
  /** Mean time to the first event, or to the whole answer, in milliseconds. */
  readonly firstMs: number;
  /** What the simulator is asked for besides. */
  readonly plan?: string;
  /** The client leaves after about this share of the answer. */
  readonly leavesAfter?: number;
  body(prompt: string): object;
}
