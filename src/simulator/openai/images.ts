import zlib from 'node:zlib';
import { z } from 'zod';
import type { Call } from '../call.js';
import { splitModel } from '../plan.js';
import { estimateTokens } from '../prose.js';
import { jsonReply, type Reply, type ReplyBill, sse, streamReply } from '../reply.js';
import { OPENAI_ERRORS } from './errors.js';

/** What an input picture and a picture made count for, whatever their size. */
const INPUT_IMAGE_TOKENS = 323;
const OUTPUT_IMAGE_TOKENS = 1056;

const REQUEST = z.looseObject({
  model: z.string().optional(),
  prompt: z.string().optional(),
  n: z.coerce.number().int().min(1).max(10).nullish(),
  size: z.string().nullish(),
  quality: z.string().nullish(),
  stream: z.union([z.boolean(), z.stringbool()]).nullish(),
  partial_images: z.coerce.number().int().min(0).max(3).nullish(),
});

/** POST /v1/images/generations (JSON), /edits and /variations (multipart or JSON). Throws ZodError for a bad body. */
export function createImages(call: Call): Reply {
  const request = REQUEST.parse(call.body.json);
  const { model } = splitModel(request.model ?? 'gpt-image-1');
  const count = request.n ?? 1;
  const text = call.plan.input ?? estimateTokens(request.prompt ?? '');
  const pictures = call.body.files.length * INPUT_IMAGE_TOKENS;
  const output = call.plan.output ?? count * OUTPUT_IMAGE_TOKENS;
  const raw = {
    input_tokens: text + pictures,
    input_tokens_details: { text_tokens: text, image_tokens: pictures },
    output_tokens: output,
    output_tokens_details: { text_tokens: 0, image_tokens: output },
    total_tokens: text + pictures + output,
  };
  const billed = { input_tokens: text, image_input_tokens: pictures, image_output_tokens: output };
  const bill: ReplyBill = { model, usage: { raw, billed } };
  const form = {
    created: Math.floor(Date.now() / 1000),
    background: 'opaque',
    output_format: 'png',
    quality: request.quality ?? 'medium',
    size: request.size ?? '1024x1024',
  };
  if (request.stream)
    return streamReply(imageEvents(call, request.partial_images ?? 0, form, raw), {
      bill,
      errorEvent: OPENAI_ERRORS.streamEvent,
    });
  const data = Array.from({ length: count }, (_, i) => ({ b64_json: png(i).toString('base64') }));
  return jsonReply({ ...form, data, usage: raw }, { bill });
}

function* imageEvents(call: Call, partial: number, form: { created: number }, usage: object): Generator<string> {
  const kind = call.path.endsWith('generations') ? 'image_generation' : 'image_edit';
  const { created, ...rest } = form;
  const event = (type: string, more: object) => sse({ type, created_at: created, ...rest, ...more }, type);
  for (let i = 0; i < partial; i++) {
    yield event(`${kind}.partial_image`, { b64_json: png(i).toString('base64'), partial_image_index: i });
  }
  yield event(`${kind}.completed`, { b64_json: png(partial).toString('base64'), usage });
}

const SIDE = 8;

/** A picture of 8 x 8 points that any viewer opens (https://www.w3.org/TR/png-3/). */
function png(shade: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = [0, ...Array.from({ length: SIDE * 3 }, (_, i) => (i * 30 + shade * 60) & 0xff)];
  const pixels = zlib.deflateSync(Buffer.from(Array.from({ length: SIDE }, () => row).flat()));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(8 + typed.length);
  out.writeUInt32BE(data.length, 0);
  typed.copy(out, 4);
  out.writeUInt32BE(zlib.crc32(typed), 4 + typed.length);
  return out;
}
