import type { Plan } from './plan.js';
import type { ReplyBill } from './reply.js';

/** What one message of a client is answered with. */
export interface SocketAnswer {
  readonly events: Iterable<object>;
  /** A response: this is what faults are put upon. */
  readonly isResponse: boolean;
  readonly bill?: ReplyBill;
}

/** A provider's side of one WebSocket, without the socket. */
export interface SocketTalk {
  /** Sent as soon as the connection stands. */
  readonly opening: readonly object[];
  answer(message: unknown, plan: Plan): SocketAnswer;
  /** What is sent when a response fails on its way. */
  errorEvent(): object;
}
