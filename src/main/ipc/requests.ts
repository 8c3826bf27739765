import type { WebContents } from 'electron';
import { type ErrorData, MeshbarError, toMeshbarError } from '../../shared/errors.js';
import {
  AMOUNT_FAULTS,
  type Answer,
  type Answers,
  REQUESTS,
  type RequestInput,
  type RequestName,
} from '../../shared/ipc.js';
import { errorText } from '../../words/index.js';
import { isOurPage, type PageFrame } from '../windows/page-address.js';

/** Where there is nothing to answer, whatever a handler returns is left out. */
type Answered<T> = [T] extends [undefined] ? unknown : T | Promise<T>;
type Handler<Name extends RequestName> = (input: RequestInput<Name>, sender: WebContents) => Answered<Answers[Name]>;
/** What only a window can ask for: the answer depends on which one asks. */
type OfAWindow = Extract<RequestName, 'app:state' | 'check:run' | 'check:stop' | `window:${string}`>;
/** A request as the app itself makes it, with what it needs. */
export type OwnRequest = {
  [Name in Exclude<RequestName, OfAWindow>]: { readonly ask: Name; readonly input: RequestInput<Name> };
}[Exclude<RequestName, OfAWindow>];

/** Of Electron's IpcMainInvokeEvent. */
interface Asking {
  readonly senderFrame: PageFrame | null;
  readonly sender: WebContents;
}

/** The requests of the contract, each with the one handler that its domain has registered. */
export interface Requests {
  /** Throws where the request has a handler already. */
  handle<Name extends RequestName>(name: Name, handler: Handler<Name>): void;
  /**
   * Answers a window: our own pages only, names and payloads of the contract only. Everything else is refused and
   * logged. Never rejects: what a handler throws is answered as an error with its code.
   */
  answer(event: Asking, name: unknown, input: unknown): Promise<Answer<unknown>>;
  /** The same request, made by the app itself. Rejects with what the handler throws. */
  perform(request: OwnRequest): Promise<void>;
  /** Those that nobody has registered a handler for. */
  readonly unhandled: readonly RequestName[];
}

export interface RequestsOptions {
  /** The text without secrets: an error's words may come from outside. */
  readonly redact: (text: string) => string;
  /** Called with the name of each request of a window, before it is handled. */
  readonly onAsked?: (name: string) => void;
  /** Called with each error that is answered. */
  readonly onError: (name: string, error: unknown) => void;
}

export function createRequests({ redact, onAsked, onError }: RequestsOptions): Requests {
  const handlers = new Map<RequestName, (input: unknown, sender?: WebContents) => unknown>();

  function handlerOf(name: RequestName) {
    const handler = handlers.get(name);
    if (!handler) throw new Error(`Nothing handles the request ${name}.`);
    return handler;
  }

  return {
    handle(name, handler) {
      if (handlers.has(name)) throw new Error(`The request ${name} has two handlers.`);
      handlers.set(name, handler as (input: unknown, sender?: WebContents) => unknown);
    },
    async answer({ senderFrame, sender }, name, input) {
      try {
        if (!isOurPage(senderFrame)) {
          throw refused(senderFrame ? { why: 'page', url: senderFrame.url } : { why: 'page_gone' });
        }
        if (!isRequestName(name)) throw refused({ why: 'request' });
        const parsed = REQUESTS[name].safeParse(input);
        if (!parsed.success) {
          const faults = parsed.error.issues.map(({ message }) => message);
          const why = AMOUNT_FAULTS.find((fault) => faults.includes(fault));
          throw refused(why ? { why } : { why: 'values', detail: faults.join(' ') });
        }
        onAsked?.(name);
        return { ok: true, value: await handlerOf(name)(parsed.data, sender) };
      } catch (error) {
        onError(String(name), error);
        const { code, message, hint } = errorText(toMeshbarError(error).facts, 'app');
        return { ok: false, error: { code, message: redact(message), ...(hint ? { hint: redact(hint) } : {}) } };
      }
    },
    async perform({ ask, input }) {
      await handlerOf(ask)(input);
    },
    get unhandled() {
      return (Object.keys(REQUESTS) as RequestName[]).filter((name) => !handlers.has(name));
    },
  };
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(REQUESTS, name);
}

function refused(data: ErrorData['invalid_option']): MeshbarError {
  return new MeshbarError('invalid_option', data);
}
