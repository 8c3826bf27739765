import type { Call } from '../call.js';
import { newId } from '../ids.js';
import { bytesReply, jsonReply, type Reply } from '../reply.js';

/** The least that a WebRTC client takes for an answer to its offer (RFC 8866). */
const SDP = 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
const ACTION = /^\/v1\/realtime\/calls\/[\w-]+\/(?:accept|hangup|reject|refer)$/;

/** POST /v1/realtime/calls and what is done to one; nothing is said over it. Undefined for every other path. */
export function realtimeCall({ path }: Call): Reply | undefined {
  if (ACTION.test(path)) return jsonReply({});
  if (path !== '/v1/realtime/calls') return undefined;
  const headers = { location: `/v1/realtime/calls/${newId('rtc_')}` };
  return bytesReply(Buffer.from(SDP), 'application/sdp', { status: 201, headers });
}
