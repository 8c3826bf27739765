import type { RawData, WebSocket } from 'ws';
import { reportFailure } from './failure.js';
import { type Plan, PlanError, parsePlan, splitModel } from './plan.js';
import type { SimulatedProvider } from './provider.js';
import { annotationsOf, projectIdOf } from './request-fields.js';
import { deliverEvents } from './socket-deliver.js';
import type { Upgrade } from './socket-handshake.js';
import type { SocketTalk } from './socket-talk.js';

/** Close code of a connection that ended without a close frame (RFC 6455 section 7.4.1). */
const NO_CLOSE_FRAME = 1006;

/** What the handshake asked for. */
interface Terms {
  readonly provider: SimulatedProvider;
  /** What the provider knows: "/v1/realtime". */
  readonly path: string;
  readonly plan: Plan;
  readonly planText: string;
  /** Fires when the connection is closed. */
  readonly gone: AbortSignal;
}

/** Answers message after message, one at a time, until the connection ends. */
export function converse(upgrade: Upgrade, webSocket: WebSocket, talk: SocketTalk, terms: Terms): void {
  const { service, request, socket, record } = upgrade;
  const about = {
    projectId: projectIdOf(request),
    providerName: terms.provider.name,
    path: terms.path,
    annotations: annotationsOf(request),
  };
  let turn = Promise.resolve();
  const send = (event: object) => {
    const text = JSON.stringify(event);
    record.responseBytes += Buffer.byteLength(text);
    webSocket.send(text);
  };
  // What breaks the protocol closes the connection; that is all there is to it.
  webSocket.on('error', () => {});
  webSocket.on('close', (code) => {
    record.closeCode = code;
    service.journal.close(record, code === NO_CLOSE_FRAME);
  });
  webSocket.on('message', (data: RawData) => {
    const bytes = data as Buffer;
    record.messages += 1;
    record.bodyBytes += bytes.length;
    service.journal.changed(record);
    turn = turn.then(() => answer(bytes)).catch((error: unknown) => reportFailure(error, socket));
  });
  for (const event of talk.opening) send(event);

  async function answer(bytes: Buffer): Promise<void> {
    const message = parse(bytes);
    let plan: Plan;
    try {
      plan = planOf(message, terms);
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      const details = { type: 'invalid_request_error', code: null, message: error.message, param: null };
      send({ type: 'error', status: 400, error: details });
      return;
    }
    const { events, isResponse, bill } = talk.answer(message, plan);
    const billed = bill && service.billing.add(about, bill, terms.provider.prices);
    const point = { plan: isResponse ? plan : {}, socket, record, gone: terms.gone };
    const delivery = await deliverEvents(events, talk, webSocket, point);
    billed?.settle(delivery);
  }
}

/** A plan behind the model in a message goes on where the handshake's ends. */
function planOf(message: unknown, terms: Terms): Plan {
  if (typeof message !== 'object' || message === null || !('model' in message)) return terms.plan;
  const { planText } = splitModel(String(message.model));
  return planText === '' ? terms.plan : parsePlan(`${terms.planText};${planText}`);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
