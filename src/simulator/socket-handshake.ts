import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { problem } from './accounts.js';
import { breakConnection } from './breakage.js';
import { checkAccess, checkProject } from './checks.js';
import { errorReply, plannedError } from './error-reply.js';
import { newId } from './ids.js';
import type { RequestRecord } from './journal.js';
import { pause } from './pause.js';
import { PlanError, parsePlan, splitModel } from './plan.js';
import type { AskedSocket, SimulatedProvider } from './provider.js';
import { providerAt } from './providers.js';
import type { Reply } from './reply.js';
import { headerPlanOf } from './request-fields.js';
import type { SimulatedService } from './service.js';
import { converse } from './socket-conversation.js';

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** One request for a WebSocket. */
export interface Upgrade {
  readonly service: SimulatedService;
  readonly request: IncomingMessage;
  readonly socket: Socket;
  /** What came right behind the request. */
  readonly head: Buffer;
  readonly record: RequestRecord;
}

interface Asked extends AskedSocket {
  readonly planText: string;
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
  const there = providerAt(record.path);
  if (!there) {
    refuse(upgrade, problem(404, 'Not found.'));
    return;
  }
  const { provider, path } = there;
  let asked: Asked;
  try {
    asked = readAsked(upgrade, path);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    refuse(upgrade, errorReply(provider.errorsAt(path), 400, { message: error.message }));
    return;
  }
  const { plan, planText } = asked;
  const talk = talkOrRefusal(upgrade, asked, provider);
  const takeEarly = readMeanwhile(socket);
  if (plan.delay) await pause(plan.delay, gone);
  if (gone.aborted) return;
  if (plan.at === 'before' && (await breakConnection({ plan, socket, record, gone }))) return;
  const early = takeEarly();
  if ('status' in talk) {
    refuse(upgrade, talk);
    return;
  }
  const server = plan.fault === 'no-pong' ? SILENT : PONGING;
  server.handleUpgrade(request, socket, Buffer.concat([head, early]), (webSocket) => {
    service.journal.answered(record, 101);
    converse(upgrade, webSocket, talk, { plan, planText, gone, provider, path });
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

function readAsked({ request, record, service }: Upgrade, path: string): Asked {
  const { searchParams } = new URL(record.target, 'http://simulator');
  const { model, planText } = splitModel(searchParams.get('model') ?? '');
  const whole = `${headerPlanOf(request)};${planText}`;
  const transcribes = searchParams.get('intent') === 'transcription';
  return { path, model, transcribes, service, planText: whole, plan: parsePlan(whole) };
}

/** The talk, or why there is none. */
function talkOrRefusal({ service, request, record }: Upgrade, asked: Asked, provider: SimulatedProvider) {
  const { plan, path } = asked;
  const errors = provider.errorsAt(path);
  const requestId = newId('req_');
  const refusal = checkAccess(request, service, 'llm:invoke') ?? checkProject(request, service);
  if (refusal) return errorReply(errors, refusal.status, { message: refusal.message, requestId });
  const talk = provider.openSocket?.(asked);
  if (!talk) return errorReply(errors, 404, { message: `No WebSocket is answered at ${record.path}.`, requestId });
  if ('refusedParam' in talk) {
    return errorReply(errors, 400, { message: talk.message, param: talk.refusedParam, requestId });
  }
  if (plan.status !== undefined) return plannedError(errors, plan.status, plan, requestId);
  if (plan.fault !== 'unauthorized-once' || !service.refusesOnce(plan.id ?? '')) return talk;
  return errorReply(errors, 401, { message: 'The access token was refused, this once.', requestId });
}

function refuse({ service, socket, record }: Upgrade, reply: Reply): void {
  const body = Buffer.concat([...reply.pieces]);
  service.journal.answered(record, reply.status);
  record.responseBytes = body.length;
  let head = `HTTP/1.1 ${reply.status} Refused\r\n`;
  for (const [name, value] of Object.entries(reply.headers)) head += `${name}: ${value}\r\n`;
  socket.end(Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\nconnection: close\r\n\r\n`), body]));
}
