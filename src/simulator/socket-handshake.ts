import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
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
import { headerPlanOf } from './request-fields.js';
import type { Service } from './service.js';
import { converse } from './socket-conversation.js';
import type { SocketTalk } from './socket-talk.js';

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** One request for a WebSocket. */
export interface Upgrade {
  readonly service: Service;
  readonly request: IncomingMessage;
  readonly socket: Socket;
  /** What came right behind the request. */
  readonly head: Buffer;
  readonly record: RequestRecord;
}

/** What the address and the header ask for. */
interface Asked {
  readonly model: string;
  /** A session without a model, for transcription alone. */
  readonly transcribes: boolean;
  readonly planText: string;
  readonly plan: Plan;
}

const acceptor = (autoPong: boolean) =>
  new WebSocketServer({
    noServer: true,
    autoPong,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has('realtime') ? 'realtime' : false),
  });
const PONGING = acceptor(true);
const SILENT = acceptor(false);

/** Refuses with an HTTP answer, or accepts and talks until the connection ends. */
export async function answerUpgrade(upgrade: Upgrade): Promise<void> {
  const { service, request, socket, head, record } = upgrade;
  const closed = new AbortController();
  socket.on('close', () => closed.abort());
  const gone = closed.signal;
  let asked: Asked;
  try {
    asked = readAsked(request, record);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    refuse(upgrade, errorReply('openai', 400, { message: error.message }));
    return;
  }
  const { plan, planText } = asked;
  const refusal = refusalOf(upgrade, asked);
  const takeEarly = readMeanwhile(socket);
  if (plan.delay) await pause(plan.delay, gone);
  if (gone.aborted) return;
  if (plan.at === 'before' && (await breakConnection({ plan, socket, record, gone }))) return;
  const early = takeEarly();
  if (refusal) {
    refuse(upgrade, refusal);
    return;
  }
  const server = plan.fault === 'no-pong' ? SILENT : PONGING;
  server.handleUpgrade(request, socket, Buffer.concat([head, early]), (webSocket) => {
    service.journal.answered(record, 101);
    converse(upgrade, webSocket, talkFor(upgrade, asked), { plan, planText, gone });
  });
}

/** Only a socket that is read tells that the other side has left. Gives what came until it is called. */
function readMeanwhile(socket: Socket): () => Buffer {
  const chunks: Buffer[] = [];
  const keep = (chunk: Buffer) => chunks.push(chunk);
  const leave = () => socket.destroy();
  socket.on('data', keep);
  socket.on('end', leave);
  return () => {
    socket.off('data', keep);
    socket.off('end', leave);
    return Buffer.concat(chunks);
  };
}

function readAsked(request: IncomingMessage, record: RequestRecord): Asked {
  const { searchParams } = new URL(record.target, 'http://simulator');
  const { model, planText } = splitModel(searchParams.get('model') ?? '');
  const whole = `${headerPlanOf(request)};${planText}`;
  const transcribes = searchParams.get('intent') === 'transcription';
  return { model, transcribes, planText: whole, plan: parsePlan(whole) };
}

function talkFor({ service, record }: Upgrade, { model, transcribes, plan }: Asked): SocketTalk {
  if (record.path.endsWith('/responses')) return createResponsesTalk(service);
  return createRealtimeTalk(model, transcribes ? 'transcription' : 'realtime', plan);
}

function refusalOf({ service, request, record }: Upgrade, { model, transcribes, plan }: Asked): Reply | undefined {
  const requestId = newId('req_');
  const refusal = checkAccess(request, service, 'llm:invoke') ?? checkProject(request, service);
  if (refusal) return errorReply('openai', refusal.status, { message: refusal.message, requestId });
  if (record.path !== '/openai/v1/realtime' && record.path !== '/openai/v1/responses') {
    return errorReply('openai', 404, { message: `No WebSocket is answered at ${record.path}.`, requestId });
  }
  if (record.path.endsWith('/realtime') && model === '' && !transcribes) {
    return errorReply('openai', 400, { message: 'You must provide a model parameter.', param: 'model', requestId });
  }
  if (plan.status !== undefined) return plannedError('openai', plan.status, plan, requestId);
  if (plan.fault !== 'unauthorized-once' || !service.refusesOnce(plan.id ?? '')) return undefined;
  return errorReply('openai', 401, { message: 'The access token was refused, this once.', requestId });
}

function refuse({ service, socket, record }: Upgrade, reply: Reply): void {
  const body = Buffer.concat([...reply.pieces]);
  service.journal.answered(record, reply.status);
  record.responseBytes = body.length;
  let head = `HTTP/1.1 ${reply.status} Refused\r\n`;
  for (const [name, value] of Object.entries(reply.headers)) head += `${name}: ${value}\r\n`;
  socket.end(Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\nconnection: close\r\n\r\n`), body]));
}
