import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { MeshbarError, toMeshbarError } from '../../shared/errors.js';
import {
  type Answer,
  type Answers,
  type Pushes,
  type PushName,
  REQUESTS,
  type RequestInput,
  type RequestName,
} from '../../shared/ipc.js';
import { inAppWords } from '../notices/app-words.js';

/** Where there is nothing to answer, whatever a handler returns is left out. */
type Answered<T> = [T] extends [undefined] ? unknown : T | Promise<T>;
export type Handlers = {
  readonly [Name in RequestName]: (input: RequestInput<Name>, sender: WebContents) => Answered<Answers[Name]>;
};

export interface IpcOptions {
  readonly handlers: Handlers;
  /** Whether the frame shows our own page, at the top of one of our windows. */
  readonly isOurs: (frame: WebFrameMain | null) => boolean;
  /** The text without secrets: an error's words may come from outside. */
  readonly redact: (text: string) => string;
  /** Told of each error that is answered. */
  readonly onError: (name: string, error: unknown) => void;
}

/**
 * Answers requests: of our own windows only, for names and payloads of the contract only. What a handler throws is
 * answered as an error with its code; nothing is thrown across.
 */
export function registerIpc({ handlers, isOurs, redact, onError }: IpcOptions): void {
  ipcMain.handle('request', async (event, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    try {
      if (!isOurs(event.senderFrame)) throw refused('This page may not ask anything.');
      if (!isRequestName(name)) throw refused('There is no such request.');
      const parsed = REQUESTS[name].safeParse(input);
      if (!parsed.success) throw refused(parsed.error.issues.map((issue) => issue.message).join(' '));
      const handler = handlers[name] as (input: unknown, sender: WebContents) => unknown;
      return { ok: true, value: await handler(parsed.data, event.sender) };
    } catch (error) {
      onError(String(name), error);
      const { code, message, hint } = inAppWords(toMeshbarError(error).toInfo());
      return { ok: false, error: { code, message: redact(message), ...(hint ? { hint: redact(hint) } : {}) } };
    }
  });
}

export function push<Name extends PushName>(to: WebContents, name: Name, value: Pushes[Name]): void {
  // A window that is closing, or whose renderer has crashed, is told nothing; it asks when it is back.
  if (!to.isDestroyed() && !to.isCrashed()) to.send(name, value);
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(REQUESTS, name);
}

function refused(message: string): MeshbarError {
  return new MeshbarError('invalid_option', message);
}
