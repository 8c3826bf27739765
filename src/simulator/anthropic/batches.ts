import { z } from 'zod';
import { DAY_MS } from '../../shared/calendar.js';
import type { Call } from '../call.js';
import { errorReply } from '../error-reply.js';
import { newId } from '../ids.js';
import { bytesReply, jsonReply, type Reply, type ReplyBill } from '../reply.js';
import { wholeBlock } from './blocks.js';
import { ANTHROPIC_ERRORS } from './errors.js';
import { answerMessage, MESSAGES_REQUEST } from './messages.js';

/** A batch is done as soon as it is looked at again. */
export interface Batch {
  readonly id: string;
  readonly createdAt: string;
  readonly resultsUrl: string;
  readonly results: readonly { custom_id: string; result: object }[];
  canceled: boolean;
}

const REQUEST = z.looseObject({
  requests: z.array(z.looseObject({ custom_id: z.string(), params: MESSAGES_REQUEST })).min(1),
});
const PATH = /^\/v1\/messages\/batches(?:\/([^/]+))?(?:\/(results|cancel))?$/;

/** Everything below /v1/messages/batches; undefined where there is nothing. Throws ZodError for a bad body. */
export function answerBatches(call: Call): Reply | undefined {
  const match = PATH.exec(call.path);
  if (!match) return undefined;
  const [, id, action] = match;
  if (id === undefined) {
    if (call.method === 'POST') return createBatch(call);
    return call.method === 'GET' ? listBatches(call) : undefined;
  }
  const batch = call.service.batches.get(id);
  if (!batch) return errorReply(ANTHROPIC_ERRORS, 404, { message: `No batch ${id}.`, requestId: call.requestId });
  switch (`${call.method} ${action ?? ''}`) {
    case 'GET ':
      return jsonReply(wire(batch, true));
    case 'GET results': {
      const lines = batch.results.map((result) => `${JSON.stringify(result)}\n`).join('');
      return bytesReply(Buffer.from(lines), 'application/x-jsonl');
    }
    case 'POST cancel':
      batch.canceled = true;
      return jsonReply({ ...wire(batch, false), processing_status: 'canceling', cancel_initiated_at: batch.createdAt });
    case 'DELETE ':
      call.service.batches.delete(id);
      return jsonReply({ id, type: 'message_batch_deleted' });
    default:
      return undefined;
  }
}

/** The messages are made and billed at once, under the model of the first. */
function createBatch(call: Call): Reply {
  const { requests } = REQUEST.parse(call.body.json);
  const id = newId('msgbatch_');
  const bills: ReplyBill[] = [];
  const results = requests.map(({ custom_id, params }) => {
    const { message, blocks, bill } = answerMessage(call, params);
    bills.push(bill);
    const usage = { ...message.usage, service_tier: 'batch' };
    const whole = { ...message, content: blocks.map(wholeBlock), usage };
    return { custom_id, result: { type: 'succeeded', message: whole } };
  });
  const batch: Batch = {
    id,
    createdAt: new Date().toISOString(),
    // Absolute, as Anthropic's is: whoever follows it goes past a proxy.
    resultsUrl: `http://${call.headers.host}/anthropic/v1/messages/batches/${id}/results`,
    results,
    canceled: false,
  };
  call.service.batches.set(id, batch);
  return jsonReply(wire(batch, false), { bill: sumOf(bills) });
}

function sumOf(bills: readonly ReplyBill[]): ReplyBill | undefined {
  const [first] = bills;
  if (!first) return undefined;
  const billed: Record<string, number> = {};
  for (const { usage } of bills) {
    for (const [type, quantity] of Object.entries(usage.billed)) billed[type] = (billed[type] ?? 0) + quantity;
  }
  // A batch's own answer reports no usage; its results do.
  return { ...first, serviceTier: 'batch', usage: { raw: undefined, billed } };
}

function listBatches(call: Call): Reply {
  const data = [...call.service.batches.values()].reverse().map((batch) => wire(batch, true));
  const limit = Number(call.query.get('limit') ?? 20);
  const page = data.slice(0, limit);
  return jsonReply({
    data: page,
    has_more: data.length > page.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  });
}

function wire(batch: Batch, ended: boolean) {
  const count = batch.results.length;
  const succeeded = ended && !batch.canceled ? count : 0;
  return {
    id: batch.id,
    type: 'message_batch' as const,
    processing_status: ended ? 'ended' : 'in_progress',
    request_counts: {
      processing: ended ? 0 : count,
      succeeded,
      errored: 0,
      canceled: ended ? count - succeeded : 0,
      expired: 0,
    },
    created_at: batch.createdAt,
    expires_at: new Date(Date.parse(batch.createdAt) + DAY_MS).toISOString(),
    ended_at: ended ? batch.createdAt : null,
    cancel_initiated_at: batch.canceled ? batch.createdAt : null,
    archived_at: null,
    results_url: ended ? batch.resultsUrl : null,
  };
}
