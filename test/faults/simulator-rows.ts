import type { PricedExchange } from '../../src/shared/usage.js';
import type { Got, Leave, RequestKind, SocketKind } from './simulator-client.js';

/** A fault of the simulator (src/simulator/plan.ts says what each does), and what it must come to. */
export interface Row {
  /** In it, NAME stands for the name of the exchange. */
  readonly plan: string;
  readonly kinds: readonly (RequestKind | SocketKind)[];
  /** The client leaves by itself. */
  readonly leave?: Leave;
  /** What the client sees. */
  readonly client: Partial<Got>;
  /** What the one record says. */
  readonly record: Partial<PricedExchange>;
}

type Ending = Pick<Row, 'client' | 'record'>;

const STREAMS = ['message stream', 'chat stream', 'response stream'] as const;
const ALL = ['message', ...STREAMS] as const;
const SOCKETS = ['responses socket', 'realtime socket'] as const;

/** The fault is none to the client, and the exchange is metered to the last token. */
const WHOLE: Ending = {
  client: { status: 200, complete: true },
  record: { outcome: 'complete', status: 200, standing: 'measured' },
};
/** Nothing came from the service: the proxy says so, in the provider's shape. Whether it was billed nobody said. */
const failed = (errorType: string): Ending => ({
  client: { status: 502, complete: true },
  record: { outcome: 'failed', status: 502, errorType, standing: 'unmetered' },
});
/** Part of the answer came: it must not look like a whole one. */
const CUT: Ending = {
  client: { status: 200, complete: false },
  record: { outcome: 'interrupted', status: 200, errorType: 'upstream_closed' },
};
/** The service's own refusal, as it came. */
const refused = (status: number): Ending => ({
  client: { status, complete: true },
  record: { outcome: 'failed', status, standing: 'none' },
});
const LEFT: Ending = {
  client: { complete: false },
  record: { outcome: 'interrupted', errorType: 'client_abort', standing: 'unmetered' },
};

const harmless = ['delay=20', 'hold=20', 'think=20', 'stall=20', 'split=5; events=2', 'headers=20000', 'fault=close'];
const encodings = ['encoding=gzip', 'encoding=br', 'encoding=zstd', 'encoding=deflate'];
const informational = ['informational=102', 'informational=103'];
const statuses = [400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 503, 529];

export const HTTP_ROWS: readonly Row[] = [
  ...[...harmless, ...encodings, ...informational].map((plan) => ({ plan, kinds: ALL, ...WHOLE })),
  { plan: 'interval=2', kinds: STREAMS, ...WHOLE },
  { plan: 'huge=3000000; events=3', kinds: ALL, ...WHOLE },
  ...statuses.map((status) => ({ plan: `status=${status}`, kinds: ALL, ...refused(status) })),
  { plan: 'status=413; early=1', kinds: ALL, ...refused(413) },
  // There is no other token to try with.
  { plan: 'fault=unauthorized-once; id=NAME', kinds: ALL, ...refused(401) },
  { plan: 'fault=reset; at=before', kinds: ALL, ...failed('upstream_reset') },
  { plan: 'fault=truncate; at=before', kinds: ALL, ...failed('upstream_reset') },
  { plan: 'fault=garbage', kinds: ALL, ...failed('upstream_protocol') },
  // Nobody asked for it.
  { plan: 'informational=100', kinds: ALL, ...failed('upstream_protocol') },
  // The pause lets what was sent arrive: a reset may overtake it.
  { plan: 'fault=reset; at=head; think=20', kinds: ALL, ...CUT },
  { plan: 'fault=truncate; at=head; think=20', kinds: ALL, ...CUT },
  { plan: 'fault=reset; stall=20', kinds: ALL, ...CUT },
  { plan: 'fault=truncate; how=length', kinds: ALL, ...CUT },
  { plan: 'fault=truncate; how=chunk', kinds: ALL, ...CUT },
  // To HTTP these are whole: their readers see that something is missing.
  {
    plan: 'fault=truncate; how=end',
    kinds: STREAMS,
    client: { status: 200, complete: true },
    record: { outcome: 'interrupted', status: 200, errorType: 'stream_stopped_short' },
  },
  {
    plan: 'fault=truncate; how=end',
    kinds: ['message'],
    client: { status: 200, complete: true },
    record: { outcome: 'complete', status: 200, standing: 'unmetered' },
  },
  {
    plan: 'fault=error-event',
    kinds: ['message stream'],
    client: { status: 200, complete: true },
    record: { outcome: 'failed', status: 200, errorType: 'overloaded_error', standing: 'partial' },
  },
  {
    plan: 'fault=error-event',
    kinds: ['chat stream', 'response stream'],
    client: { status: 200, complete: true },
    record: { outcome: 'failed', status: 200, errorType: 'server_error', standing: 'unmetered' },
  },
  {
    plan: 'type=application/octet-stream',
    kinds: ALL,
    client: { status: 200, complete: true },
    record: { outcome: 'complete', status: 200, standing: 'unmetered' },
  },
  // Silence has no limit: it ends when the client has had enough.
  { plan: 'fault=stall; at=before', kinds: ALL, leave: 'asked', ...LEFT },
  { plan: 'delay=600000', kinds: ALL, leave: 'asked', ...LEFT },
  { plan: 'fault=stall; at=head', kinds: ALL, leave: 'head', ...LEFT },
  { plan: 'fault=stall; at=6', kinds: ['chat stream', 'response stream'], leave: 'answer', ...LEFT },
  { plan: 'events=50000; interval=2', kinds: ['chat stream', 'response stream'], leave: 'answer', ...LEFT },
  {
    plan: 'events=50000; interval=2',
    kinds: ['message stream'],
    leave: 'answer',
    client: { status: 200, complete: false },
    // Its first event told what was read.
    record: { outcome: 'interrupted', status: 200, errorType: 'client_abort', standing: 'partial' },
  },
];

const WHOLE_RESPONSE: Ending = {
  client: { complete: true, closeCode: 1000 },
  record: { outcome: 'complete', status: 101, standing: 'measured', transport: 'websocket' },
};
/** Of a handshake. */
const NO_SOCKET: Ending = {
  client: { status: 502, complete: false },
  record: { outcome: 'failed', status: 502, errorType: 'upstream_reset', standing: 'none', transport: 'websocket' },
};
/** The close code reaches the client; 1006 says that there was none. */
const closed = (closeCode: number, errorType = 'upstream_closed'): Ending => ({
  client: { complete: false, closeCode },
  record: { outcome: 'interrupted', status: 101, errorType, standing: 'unmetered', transport: 'websocket' },
});

const harmlessOnSockets = ['delay=20', 'think=20', 'stall=20', 'interval=2', 'huge=3000000; events=3', 'fault=no-pong'];

export const SOCKET_ROWS: readonly Row[] = [
  ...harmlessOnSockets.map((plan) => ({ plan, kinds: SOCKETS, ...WHOLE_RESPONSE })),
  ...[400, 401, 403, 429, 500, 503].map((status) => ({
    plan: `status=${status}`,
    kinds: SOCKETS,
    client: { status, complete: false },
    record: { outcome: 'failed' as const, status, standing: 'none' as const },
  })),
  {
    plan: 'fault=unauthorized-once; id=NAME',
    kinds: SOCKETS,
    client: { status: 401, complete: false },
    record: { outcome: 'failed', status: 401, standing: 'none' },
  },
  { plan: 'fault=reset; at=before', kinds: SOCKETS, ...NO_SOCKET },
  { plan: 'fault=truncate; at=before', kinds: SOCKETS, ...NO_SOCKET },
  { plan: 'fault=reset; at=head', kinds: SOCKETS, ...closed(1006) },
  { plan: 'fault=truncate; at=head', kinds: SOCKETS, ...closed(1006) },
  { plan: 'fault=reset', kinds: SOCKETS, ...closed(1006) },
  { plan: 'fault=truncate', kinds: SOCKETS, ...closed(1006) },
  { plan: 'fault=close-code', kinds: SOCKETS, ...closed(1011) },
  { plan: 'fault=close-code; code=1013', kinds: SOCKETS, ...closed(1013) },
  { plan: 'fault=close-code; code=4007', kinds: SOCKETS, ...closed(4007) },
  { plan: 'fault=close-code; code=1000', kinds: SOCKETS, ...closed(1000, 'connection_closed') },
  {
    plan: 'fault=error-event',
    kinds: ['responses socket'],
    client: { complete: false, closeCode: 1000 },
    record: { outcome: 'failed', status: 101, errorType: 'server_error', standing: 'unmetered' },
  },
  // A realtime session goes on after an error: the client ends it, in the middle of a response.
  { plan: 'fault=error-event', kinds: ['realtime socket'], ...closed(1000, 'client_abort') },
  {
    plan: 'fault=stall; at=before',
    kinds: SOCKETS,
    leave: 'asked',
    client: { complete: false, closeCode: 1006 },
    record: { outcome: 'interrupted', errorType: 'client_abort', standing: 'none' },
  },
  { plan: 'fault=stall', kinds: SOCKETS, leave: 'answer', ...closed(1006, 'client_abort') },
  { plan: 'events=50000; interval=2', kinds: SOCKETS, leave: 'answer', ...closed(1006, 'client_abort') },
];
