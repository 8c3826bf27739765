import type { ProviderName } from '../shared/providers.js';
import type { Call } from './call.js';
import type { Scene } from './demo/scene.js';
import type { ErrorReplyForm } from './error-reply.js';
import type { Plan } from './plan.js';
import type { SimulatedPrices } from './prices.js';
import type { Reply } from './reply.js';
import type { SimulatedService } from './service.js';
import type { SocketTalk } from './socket-talk.js';

/** One provider behind the service, as far as the stand-in plays it. */
export interface SimulatedProvider {
  readonly name: ProviderName;
  /** What an endpoint answers; undefined where there is none. Throws ZodError for a body that doesn't fit. */
  answer(call: Call): Reply | undefined;
  /** How what goes wrong at a path is said. */
  errorsAt(path: string): ErrorReplyForm;
  /** What every answer has besides. */
  readonly ordinaryHeaders: Readonly<Record<string, string>>;
  /** Opens a WebSocket; undefined where the path has none. */
  openSocket?(asked: AskedSocket): SocketTalk | SocketRefusal | undefined;
  /** How a client of this provider shows its key. */
  keyHeaders(key: string): Record<string, string>;
  readonly prices: SimulatedPrices;
  /** Its part of a developer's day, for the demo. */
  readonly scenes: readonly Scene[];
}

/** What the address and the header of an upgrade ask for. */
export interface AskedSocket {
  readonly path: string;
  /** Empty: none was named. */
  readonly model: string;
  /** A session without a model, for transcription alone. */
  readonly transcribes: boolean;
  readonly plan: Plan;
  readonly service: SimulatedService;
}

interface SocketRefusal {
  readonly refusedParam: string;
  readonly message: string;
}
