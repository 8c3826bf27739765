import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { breakConnection } from './breakage.js';
import { checkAccess, checkProject } from './checks.js';
import { newId } from './ids.js';
import type { RequestRecord } from './journal.js';
import { createRealtimeTalk } from './openai/realtime.js';
import { createResponsesTalk } from './openai/responses-talk.js';
import { pause } from './pause.js';
import { type Plan, PlanError, parsePlan, splitModel } from './plan.js';
import { errorReply, plannedError } from './provider-errors.js';
import type { Reply } from './reply.js';
import { annotationsOf, headerPlanOf, projectIdOf } from './request-fields.js';
import type { Service } from './service.js';
import { deliverEvents } from './socket-deliver.js';
import type { SocketTalk } from './socket-talk.js';

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

const acceptor = (autoPong: boolean) =>
  new WebSocketServer({
    noServer: true,
    autoPong,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has('realtime') ? 'realtime' : false),
  });
const PONGING = acceptor(true);
const SILENT = acceptor(false);

/** One upgrade to a WebSocket: refused with HTTP, or accepted and talked over until it ends. */
export async function answerUpgrade(
  service: Service,
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  record: RequestRecord,
): Promise<void> {
  const requestId = newId('req_');
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  const url = new URL(record.target, 'http://simulator');
  const { model, planText } = splitModel(url.searchParams.get('model') ?? '');
  const transcribes = url.searchParams.get('intent') === 'transcription';
  const headerPlan = `${headerPlanOf(request)};${planText}`;
  let plan: Plan;
  try {
    plan = parsePlan(headerPlan);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    refuse(service, socket, errorReply('openai', 400, { message: error.message, requestId }), record);
    return;
  }
  const refusal = refusalOf(service, request, record.path, { model, transcribes, plan, requestId });
  if (plan.delay) await pause(plan.delay, gone.signal);
  if (gone.signal.aborted) return;
  if (plan.at === 'before' && (await breakConnection({ plan, socket, record, gone: gone.signal }))) return;
  if (refusal) {
    refuse(service, socket, refusal, record);
    return;
  }
  const server = plan.fault === 'no-pong' ? SILENT : PONGING;
  server.handleUpgrade(request, socket, head, (webSocket) => {
    service.journal.answered(record, 101);
    const talk = record.path.endsWith('/realtime')
      ? createRealtimeTalk(model, transcribes ? 'transcription' : 'realtime', plan)
      : createResponsesTalk(service);
    converse(service, talk, webSocket, socket, request, record, { plan, headerPlan, gone: gone.signal });
  });
}

function refusalOf(
  service: Service,
  request: IncomingMessage,
  path: string,
  asked: { model: string; transcribes: boolean; plan: Plan; requestId: string },
): Reply | undefined {
  const { model, transcribes, plan, requestId } = asked;
  const refusal = checkAccess(request, service, 'llm:invoke') ?? checkProject(request, service);
  if (refusal) return errorReply('openai', refusal.status, { message: refusal.message, requestId });
  if (path !== '/openai/v1/realtime' && path !== '/openai/v1/responses') {
    return errorReply('openai', 404, { message: `No WebSocket is answered at ${path}.`, requestId });
  }
  if (path.endsWith('/realtime') && model === '' && !transcribes) {
    return errorReply('openai', 400, { message: 'You must provide a model parameter.', param: 'model', requestId });
  }
  if (plan.status !== undefined) return plannedError('openai', plan.status, plan, requestId);
  if (plan.fault !== 'unauthorized-once' || !service.refusesOnce(plan.id ?? '')) return undefined;
  return errorReply('openai', 401, { message: 'The access token was refused, this once.', requestId });
}

function refuse(service: Service, socket: Socket, reply: Reply, record: RequestRecord): void {
  const body = Buffer.concat([...reply.pieces]);
  service.journal.answered(record, reply.status);
  record.responseBytes = body.length;
  let head = `HTTP/1.1 ${reply.status} Refused\r\n`;
  for (const [name, value] of Object.entries(reply.headers)) head += `${name}: ${value}\r\n`;
  socket.end(Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\nconnection: close\r\n\r\n`), body]));
}

interface Terms {
  readonly plan: Plan;
  readonly headerPlan: string;
  readonly gone: AbortSignal;
}

/** Answers message after message, one at a time. */
function converse(
  service: Service,
  talk: SocketTalk,
  webSocket: WebSocket,
  socket: Socket,
  request: IncomingMessage,
  record: RequestRecord,
  terms: Terms,
): void {
  let turn = Promise.resolve();
  const path = record.path.slice('/openai'.length);
  const send = (event: object) => {
    const text = JSON.stringify(event);
    record.responseBytes += Buffer.byteLength(text);
    webSocket.send(text);
  };
  webSocket.on('error', () => {});
  webSocket.on('close', (code) => {
    record.closeCode = code;
  });
  for (const event of talk.opening) send(event);
  webSocket.on('message', (data: RawData) => {
    record.messages += 1;
    record.bodyBytes += (data as Buffer).length;
    service.journal.changed(record);
    turn = turn.then(() => answer(data as Buffer)).catch(() => webSocket.terminate());
  });

  async function answer(data: Buffer): Promise<void> {
    const message = parse(data);
    let plan: Plan;
    try {
      plan = planOf(message, terms);
    } catch (error) {
      const reason = error instanceof PlanError ? error.message : 'unreadable';
      send({ type: 'error', status: 400, error: { type: 'invalid_request_error', code: null, message: reason } });
      return;
    }
    const { events, isResponse, bill } = talk.answer(message, plan);
    const billed = bill && service.billing.add(projectIdOf(request), path, annotationsOf(request), bill);
    const point = { plan: isResponse ? plan : {}, socket, record, gone: terms.gone };
    const complete = await deliverEvents(events, talk, webSocket, point);
    if (billed) billed.outcome = complete ? 'complete' : 'interrupted';
  }
}

/** A plan behind the model in a message goes on where the handshake's ends. */
function planOf(message: unknown, terms: Terms): Plan {
  if (typeof message !== 'object' || message === null || !('model' in message)) return terms.plan;
  const { planText } = splitModel(String(message.model));
  return planText === '' ? terms.plan : parsePlan(`${terms.headerPlan};${planText}`);
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
