import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { LOCAL_KEY, type Machine } from '../compat/machine.js';
import { waitFor } from '../helpers/wait-for.js';

/** What is asked for: a document or a stream of Anthropic's, a stream of chat or of a response of OpenAI's. */
export type RequestKind = 'message' | 'message stream' | 'chat stream' | 'response stream';
/** A response over a WebSocket. */
export type SocketKind = 'responses socket' | 'realtime socket';

/** When a client leaves by itself: as soon as the service has its request, with the head of the answer, or behind it. */
export type Leave = 'asked' | 'head' | 'answer';

/** An answer as the client saw it, as far as it came. */
export interface Got {
  /** Of HTTP, or of a handshake that was refused. */
  status?: number;
  /** HTTP: it ended as its framing promised. WebSocket: the response came to its end event. */
  complete: boolean;
  /** Of a WebSocket. */
  closeCode?: number;
}

const MESSAGES = [{ role: 'user', content: 'hello' }];
const MESSAGE = { model: 'claude-sonnet-4-6', max_tokens: 100, messages: MESSAGES };
const REQUESTS: Record<RequestKind, { path: string; body: object }> = {
  message: { path: '/anthropic/v1/messages', body: MESSAGE },
  'message stream': { path: '/anthropic/v1/messages', body: { ...MESSAGE, stream: true } },
  'chat stream': {
    path: '/openai/v1/chat/completions',
    body: { model: 'gpt-5.4', stream: true, messages: MESSAGES },
  },
  'response stream': { path: '/openai/v1/responses', body: { model: 'gpt-5.4', stream: true, input: 'hello' } },
};
const SOCKETS: Record<SocketKind, { path: string; ask: object; end: string }> = {
  'responses socket': {
    path: '/openai/v1/responses',
    ask: { type: 'response.create', model: 'gpt-5.4', input: 'hello' },
    end: 'response.completed',
  },
  'realtime socket': {
    path: '/openai/v1/realtime?model=gpt-realtime',
    ask: { type: 'response.create', response: { output_modalities: ['text'] } },
    end: 'response.done',
  },
};

/** A user agent that no other exchange has: its record and its bill are found by it. */
export function newName(): string {
  return `Fault ${randomBytes(8).toString('hex')}`;
}

/** What every request of `name` carries. */
function fields(name: string, plan: string): Record<string, string> {
  return {
    authorization: `Bearer ${LOCAL_KEY}`,
    'content-type': 'application/json',
    'user-agent': name,
    'x-meshagent-annotation-name': name,
    'x-simulator': plan.replaceAll('NAME', name),
  };
}

export function exchangeWith(
  machine: Machine,
  kind: RequestKind | SocketKind,
  name: string,
  plan: string,
  leave?: Leave,
) {
  return kind in REQUESTS
    ? send(machine, kind as RequestKind, name, plan, leave)
    : converse(machine, kind as SocketKind, name, plan, leave);
}

/** Sends one request on a connection of its own. In `plan`, NAME stands for the name. */
function send(machine: Machine, kind: RequestKind, name: string, plan: string, leave?: Leave): Promise<Got> {
  const { path, body } = REQUESTS[kind];
  const got: Got = { complete: false };
  return new Promise((resolve) => {
    const options = { method: 'POST', agent: false, maxHeaderSize: 100_000, headers: fields(name, plan) };
    const request = http.request(machine.url + path, options);
    const go = () => request.destroy();
    // What failed shows in what is missing.
    request.on('error', () => {});
    request.on('close', () => resolve(got));
    request.on('response', (response) => {
      got.status = response.statusCode;
      response.on('error', () => {});
      response.on('end', () => {
        got.complete = response.complete;
      });
      response.on('data', () => leave === 'answer' && go());
      if (leave === 'head') go();
    });
    if (leave === 'asked') onceAsked(machine, name).finally(go);
    request.end(JSON.stringify(body));
  });
}

/** Asks for one response over a WebSocket of its own, and closes it in order at its end. */
function converse(machine: Machine, kind: SocketKind, name: string, plan: string, leave?: Leave): Promise<Got> {
  const { path, ask, end } = SOCKETS[kind];
  const got: Got = { complete: false };
  return new Promise((resolve) => {
    const socket = new WebSocket(machine.url.replace('http', 'ws') + path, { headers: fields(name, plan) });
    socket.on('unexpected-response', (_request, response) => {
      got.status = response.statusCode;
      response.resume();
      response.on('close', () => resolve(got));
    });
    socket.on('error', () => {});
    socket.on('close', (code) => {
      got.closeCode = code;
      resolve(got);
    });
    socket.on('open', () => socket.send(JSON.stringify(ask)));
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      got.complete ||= type === end;
      if (type === end || type === 'error') socket.close(1000);
      if (leave === 'answer' && type === 'response.output_item.added') socket.terminate();
    });
    if (leave === 'asked') onceAsked(machine, name).finally(() => socket.terminate());
  });
}

/** The service has read the whole request, or the handshake. */
function onceAsked(machine: Machine, name: string): Promise<unknown> {
  const asked = () =>
    machine
      .forwarded()
      .some(
        ({ headers, transport, bodyEndedAt }) =>
          headers['user-agent'] === name && (bodyEndedAt ?? transport === 'websocket'),
      );
  return waitFor(asked, 'the request to reach the service');
}

/**
 * Expects that nothing of the exchanges is left: no request at the service, no connection between the proxy and it but
 * `kept` idle ones, and no socket in the proxy's process but those and the `others` it had before.
 */
export async function expectNoSocketLeft(machine: Machine, kept: number, others: number | undefined): Promise<void> {
  const { simulator } = machine;
  const underWay = () => machine.forwarded().filter(({ endedAt }) => endedAt === undefined).length;
  await waitFor(() => underWay() === 0, 'every request to end at the service');
  await waitFor(() => simulator.openSockets <= kept, `at most ${kept} connections to be kept`);
  expect(simulator.billed.filter(({ outcome }) => outcome === 'open')).toEqual([]);
  if (others === undefined) return;
  const left = async () => ((await machine.openSockets()) ?? 0) - simulator.openSockets;
  await waitFor(async () => (await left()) <= others, 'the sockets of the proxy to be closed');
}
